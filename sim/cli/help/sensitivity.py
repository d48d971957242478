"""What ``smw sensitivity --help`` says."""

SHORT = "which assumptions decide what the model says, and which of them can turn a difference round"
ABOUT = (
    "Vary every assumption about care and demand over its plausible range, in one scenario or in two that are "
    "compared: a screening of all (Morris), both ends of the most important ones (a tornado), and the part of the "
    "uncertainty that the first few make (Sobol indices). For each measure and for the difference of the two "
    "scenarios, with the noise of replications kept apart, and with a list of the assumptions that rest on judgement "
    "alone and decide the answer. Seven or eight minutes on two quiet cores; size=small is a quick look, size=large "
    "takes about an hour."
)
EXAMPLES = (
    "smw sensitivity",
    "smw sensitivity 'scenarios=[no_smw,s1_before_2016]' fitted=false",
    "smw sensitivity scenario=s1_proposal_2016 keys=[care.smw] measures=[reach,smw_wait.within_norm]",
    "smw sensitivity size=small keys=[care.smw,care.routes] choices=true",
    "smw sensitivity together=false 'keys=[care.routes]' trajectories=10 bars=12",
    "smw sensitivity 'ranges={care.smw.referral_share:[0.2,0.4]}'",
    "smw sensitivity --settings experiments/what_decides/settings.yaml size=large output=results/what_decides_large",
)

"""What ``smw prevention --help`` says."""

SHORT = "does SMW lower demand for youth care, through what, and under which assumptions?"
ABOUT = (
    "Compare the same students with and without SMW, with each of eight mechanisms on and off: the net change in "
    "requests and starts of gateways and youth care, also year by year after SMW is introduced; how much each "
    "mechanism contributes; which students use care only with SMW or only without; what an avoided start costs; "
    "where in the range of the assumptions the sign turns. For Gooi en Vechtstreek and one mbo institution, or for "
    "the scenario you name. About ten minutes; replications=8 map_steps=0 box_points=0 is a quick look."
)
EXAMPLES = (
    "smw prevention",
    "smw prevention scenario=mbo_institution",
    "smw prevention scenario=s1_before_2016 care.without_smw.outside_share=0",
    "smw prevention strength.case_finding=2 strength.helping=0.5",
    "smw prevention replications=200 output=results/prevention_large",
    "smw prevention scenario=s1_proposal_2016 replications=8 map_steps=0 box_points=0",
)

"""What ``smw size --help`` says."""

SHORT = "how many hours or euros a target takes, in total or by sector or school"
ABOUT = (
    "Search the smallest amount of SMW that meets a target, with the probability that it does: the same students at "
    "every amount, a range within which the amount lies, new replications that confirm it, and a plain word where no "
    "amount is enough. by=sector and by=school give each its own answer; key=SETTING sizes any other number. "
    "A page with pictures, tables and what the model cannot know is written too."
)
EXAMPLES = (
    "smw size",
    "smw size 'target=smw_wait.p90 <= 14' scenario=s1_proposal_2016",
    "smw size 'target=gave_up/asked <= 5%' by=sector amount=euros",
    "smw size by=school sector=vo 'target=smw_wait.within_norm >= 80%' replications=40",
    "smw size 'target=smw_wait.mean <= 21' on=mean highest=32",
    "smw size key=care.youth_care.slots 'target=youth_care_wait.p90 <= 60' lowest=1300 highest=1900 step=10",
)

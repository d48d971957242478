"""What ``smw spread --help`` says."""

SHORT = "how given hours are best spread: the best rule, the value of an hour everywhere, moves that help"
ABOUT = (
    "For the hours that a scenario has: which rule of spreading is best, with a stated confidence; what one hour a "
    "week more is worth at each school, in each sector and in each task; and whether moving hours from where they "
    "are worth least to where they are worth most improves things, confirmed on replications that had no part in "
    "choosing the move, each kind apart and the best of them together. Everything is compared on the same students "
    "with the same luck. measure=... says what is made as good as can be. Larger: replications=200."
)
EXAMPLES = (
    "smw spread",
    "smw spread scenario=s1_proposal_2016 measure=smw_wait.within_norm",
    "smw spread 'rules=[per_student,by_expected_need,pooled]' delta=5 confidence=0.9",
    "smw spread by=sector marginal=type replications=30",
    "smw spread scenario=mbo_institution",
    "smw spread --settings experiments/where_hours_go/settings.yaml output=results/where_hours_go",
)

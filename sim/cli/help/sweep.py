"""What ``smw sweep --help`` says."""

SHORT = "run many combinations of settings; which are the best for what they cost?"
ABOUT = (
    "Run many combinations of settings on the same students: tables with 95% intervals and differences, heat maps "
    "or lines, and the frontier of cost against early leavers and against waits. Write grid.KEY=[value,value,...] "
    "for every combination of some values, or range.KEY=[low,high] for points spread over ranges (design=lhs, sobol "
    "or morris), or design=FILE.csv for a list of your own; KEY is any setting, a table of settings such as "
    "funding.scale, or a group such as scenario. Without any of these: money from 0 to 200%, three rules for "
    "spreading hours, and a cap on conversations. An interrupted sweep goes on when the same command is given again, "
    "and a point that was done before is not done again in the same folder. More: docs/sweeps.md"
)
EXAMPLES = (
    "smw sweep",
    "smw sweep 'grid.care.smw.limits.max_conversations=[3,5,8,null]'",
    "smw sweep scenario=s1_proposal_2016 'grid.funding.sources.municipalities_vo.amount=[0,50000,100000]' "
    "'grid.care.smw.visits.min_hours=[2,3,4]' 'measures=[smw_wait.median,reach]'",
    "smw sweep 'grid.scenario=[s1_before_2016,no_smw]' 'grid.care.without_smw.outside_share=[0,0.3,1]'",
    "smw sweep 'range.funding.scale=[0,2]' range.care.smw.gap_days=register points=100",
    "smw sweep design=my_points.csv replications=30 output=results/my_points",
    "smw sweep --settings experiments/money_rules_caps/settings.yaml",
)

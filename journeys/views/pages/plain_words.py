"""What the measures say, for readers who have not met their terms."""

from __future__ import annotations

from journeys.analysis.measures.qca_conditions import RULES

PLAIN: dict[str, tuple[str, ...]] = {
    "reach": (
        "Somebody can have seen a document only through meetings and contacts that came after it was there, one after "
        "the other. A way of contacts that respects time is called a time-respecting path.",
    ),
    "citation": (
        "A main path is the chain of citations that most chains run through. Depth is the number of steps from a "
        "document, citation by citation, to a first source, which cites nothing further; the longest way counts.",
    ),
    "network": (
        "Density is the share of all possible ties that there are. Centralisation says how far the ties run together "
        "in few people: 1 if all run to one. Reciprocal ties go both ways. Homophily says how often ties join people "
        "who are alike.",
    ),
    "centrality": (
        "Degree: with how many others somebody has a tie. Betweenness: how often somebody stands on the shortest way "
        "between two others. Closeness: how few steps away all others are. Eigenvector: high for those whose contacts "
        "have many contacts themselves.",
        "A k-core is a group in which everybody has at least k ties within the group; a high number is a dense "
        "centre. A cutpoint is somebody without whom the network falls apart into pieces that no tie joins.",
    ),
    "brokerage": (
        "A broker stands between two people who have no tie with each other. The roles say to which organisations the "
        "three belong: a coordinator joins people of their own, a gatekeeper lets in, a representative speaks for "
        "their own to others, a consultant joins two of another organisation, a liaison those of two others.",
        "The z-score compares with the same network with ties placed by chance: above 2 is more than chance explains.",
    ),
    "structural-holes": (
        "A structural hole is a missing tie between two of somebody's contacts, who can then only meet through them. "
        "Constraint is high where somebody's contacts all know each other, low where they do not. Effective size is "
        "the number of contacts that do not repeat each other.",
    ),
    "matrices": ("A two-mode matrix has people in its rows and things, here documents or meetings, in its columns.",),
    "polarity": ("A two-mode matrix has people in its rows and what they take sides on in its columns.",),
    "congruence": (
        "Two people are joined by congruence if they took the same side on the same item, by conflict if they took "
        "opposite sides.",
    ),
    "polarisation": (
        "Agreement is 1 where all are of one mind, 0 where they are spread evenly over for, against and neither, and "
        "-1 where half are for and half against.",
    ),
    "survival": (
        "Of a hundred journeys that begin, how many come to each stage or further? A curve that falls steeply shows "
        "the stage where many stop. The shaded part is where the true share may lie, as the number of journeys is "
        "small.",
    ),
    "sequences": (
        "The distance of two journeys is the number of changes that turn the order of stages of one into that of the "
        "other (optimal matching). The typical journey, or medoid, has the smallest distance to all others.",
    ),
    "truth-table": (
        "Each row is a combination of conditions that were there or not (1 or 0), with the cases that have it. "
        "Consistency is the share of them that have the outcome.",
        *(f"{name}: {rule.definition}." for name, rule in RULES.items()),
    ),
    "coding-agreement": (
        "Kappa and alpha are 1 where coders agree on everything, and 0 where they agree no more often than chance "
        "would make them.",
    ),
    "sensitivity": (
        "Each result is worked out again without researchers' interpretations, without claims of low confidence, and "
        "without what only one source says. A result that hardly changes does not hang on them.",
    ),
}
"""A few sentences for each measure whose terms need them, by its name."""

"""What the measures say, for readers who have not met their terms."""

from __future__ import annotations

from journeys.analysis.measures.qca_conditions import RULES
from journeys.model.lens import Lens

SAYS: dict[str, str] = {
    "journey": (
        "Each row is a document or piece of evidence with the stages that sources say it reached, and how long "
        "each took: the more stages, the further it came (the course of a journey)."
    ),
    "reach": (
        "For each person: the earliest day by which a document can have come to them, if it was handed on at "
        "every meeting; nobody is said to have read it (reach along time-respecting paths)."
    ),
    "citation": (
        "Documents and what they build on: each chain leads back to where the evidence first came from (citation "
        "network, main paths)."
    ),
    "network": (
        "One row for each network, with figures mostly between 0 and 1: the higher, the closer knit it is, the more "
        "centred on a few, or the more alike those who have ties (density, centralisation, homophily)."
    ),
    "centrality": (
        "The higher a person's figure, the more ways run through or to them; compare people within one network, "
        "not between networks (centrality)."
    ),
    "brokerage": (
        "How often somebody stands between two others who have no tie with each other, and whether that is more "
        "often than chance would make it (brokerage roles)."
    ),
    "structural-holes": (
        "A low constraint means that somebody's contacts do not know each other, so that news comes to them from "
        "several sides (structural holes)."
    ),
    "introductions": (
        "Who brought documents and evidence to whom, and how often; those with no introduction are listed too "
        "(introductions as directed ties)."
    ),
    "matrices": (
        "Each cell says what one person did with one document, or whether they were at one meeting; an empty cell "
        "means that nothing is recorded, not that nothing happened (affiliation, or two-mode, matrix)."
    ),
    "polarity": (
        "Each row is a person and a document or piece of evidence, and says which side they took; whoever is "
        "missing took none that is recorded (signed two-mode network)."
    ),
    "congruence": (
        "The higher the figure for two people, the more often they took the same side, or opposite sides "
        "(congruence and conflict network)."
    ),
    "polarisation": (
        "How far opinion on each item was divided: 1 if all were of one mind, below 0 if two camps stood against "
        "each other (agreement, or polarisation)."
    ),
    "side-changes": (
        "Who stood on one side first and on the other later; where dates leave it open, it says possibly (change "
        "of stance)."
    ),
    "gap-map": (
        "Each cell is a type of evidence at a site and a stage: a number is how many pieces got there, and words "
        "say why there is none (evidence gap map)."
    ),
    "flow": (
        "The wider a band, the more pieces of evidence went from one stage to the next; a band that ends shows "
        "where sources fall silent (alluvial, or flow, diagram)."
    ),
    "after-introduction": (
        "Counted in days from the first time something was brought to a group: what happened to it next, and how "
        "soon (aligned time-lines)."
    ),
    "survival": (
        "Of all journeys that began, the share that got to each stage or further; each step down is where some "
        "stopped (survival curve)."
    ),
    "uses": (
        "How often each type of evidence was put to each kind of use: to act, to think differently, to persuade, "
        "or to defend what was already decided (types of research use)."
    ),
    "factors": (
        "What helped and what hindered, by the number of sources that say so, and whether it concerns evidence in "
        "general or this study's own subject (supports and barriers)."
    ),
    "sequences": (
        "How unlike two journeys are: 0 means the same stages in the same order, and a higher number means more "
        "changes to turn one into the other (optimal matching of state sequences)."
    ),
    "truth-table": (
        "Each row is a set of conditions that cases share, with the share of them in which evidence was acted on: "
        "near 1 is nearly always, near 0 nearly never (qualitative comparative analysis)."
    ),
    "coding-agreement": (
        "How far two coders marked the same passages with the same code: 1 is full agreement, 0 no more than by "
        "chance (intercoder reliability)."
    ),
    "gaps": (
        "What to be careful with: statements with little behind them, disagreements, unanswered questions, and "
        "orders that uncertain dates leave open (data quality)."
    ),
    "sensitivity": (
        "How much each result changes if the weakest claims are left out: a small change means that it does not "
        "hang on them (sensitivity analysis)."
    ),
}
"""For each measure, what its figures mean and how to read them, with the term of the field in brackets."""

_PLAIN: dict[str, tuple[str, ...]] = {
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
        *(f"{rule.words.capitalize()}: {rule.definition}." for rule in RULES.values()),
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


def plain_words(measure: str, lens: Lens) -> tuple[str, ...]:
    """A few sentences on the terms of a measure, in the words of a study's lens; none where no term needs them."""
    return tuple(map(lens.in_words, _PLAIN.get(measure, ())))


def says(measure: str, lens: Lens) -> str:
    """What a measure says of the study in one sentence, in the words of its lens; "" where there is none."""
    return lens.in_words(SAYS.get(measure, ""))

// title: The passages, notes and answers that have these words, read one after another
// question: none of its own; searches what is written
// params:
//   study: {type: text, meaning: "the study's id"}
//   parts: {type: list, meaning: "the words, each with a space before it, and after it where it has to be whole"}
//   wholes: {type: list, meaning: "the same, all of them whole: what has these comes first"}
//   first: {type: text, meaning: one of these parts}
//   modes: {type: list, default: null, meaning: how it was noted; any where empty}
//   scopes: {type: list, default: null, meaning: general or specific to ethnicity; any where empty}
//   within: {type: map, default: null, meaning: "ids of what is at a site or in a case, each with true; any where empty"}
//   code: {type: text, default: null, meaning: the id of a code; any where empty}
//   most: {type: integer, default: 10001, meaning: "the number of hits, at most"}
// returns:
//   ids: their ids
//   kinds: for each, whether it is an answer
//   wholes: "for each, the id of the longer passage that it is part of; empty where it is none"
//   ranks: "how well each fits: whole words first, then often there, in few words (as in BM25)"
MATCH (x:Extract)
// compared last, and not as an equation: for one, the embedded engine first collects every passage from its index
WHERE x.search_words CONTAINS $first AND x.study + '' = $study AND all(part IN $parts WHERE x.search_words CONTAINS part)
  AND ($modes IS NULL OR x.mode IN $modes) AND ($scopes IS NULL OR x.scope IN $scopes)
  AND ($code IS NULL OR EXISTS { (x)-[:CODED_AS]->(:Code {id: $code}) })
  AND ($within IS NULL OR EXISTS { MATCH (x)-[:FROM|ABOUT]->(t) WHERE $within[t.id] IS NOT NULL })
WITH x, size(x.search_words) AS length,
     CASE WHEN all(word IN $wholes WHERE x.search_words CONTAINS word) THEN toFloat(size($wholes)) ELSE 0.0 END AS exact,
     [part IN $parts | (size(x.search_words) - size(replace(x.search_words, part, ''))) / size(part)] AS counts
WITH x.id AS id, x.answer_status IS NOT NULL AS kind, coalesce(x.passage, '') AS whole,
     exact + reduce(rank = 0.0, n IN counts | rank + n / (n + 0.3 + 0.9 * length / 240.0)) AS rank
LIMIT $most
// lists, as 10,000 rows take the driver half a second
RETURN collect(id) AS ids, collect(kind) AS kinds, collect(whole) AS wholes, collect(rank) AS ranks

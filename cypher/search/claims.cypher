// title: The claims from things of one kind that have these words in their quotations and details
// question: none of its own; searches what is written
// params:
//   study: {type: text, meaning: "the study's id"}
//   parts: {type: list, meaning: "the words, each with a space before it, and after it where it has to be whole"}
//   wholes: {type: list, meaning: "the same, all of them whole: what has these comes first"}
//   modes: {type: list, default: null, meaning: how it was noted; any where empty}
//   scopes: {type: list, default: null, meaning: general or specific to ethnicity; any where empty}
//   within: {type: map, default: null, meaning: "ids of what is at a site or in a case, each with true; any where empty"}
//   most: {type: integer, default: 10001, meaning: "the number of hits, at most"}
// returns:
//   ids: their ids
//   kinds: the type that each is stored under
//   wholes: "empty for each"
//   ranks: "how well each fits: whole words first, then often there, in few words (as in BM25)"
MATCH (a:Label {study: $study})-[r]->(b)
WHERE r.search_words IS NOT NULL AND all(part IN $parts WHERE r.search_words CONTAINS part)
  AND ($modes IS NULL OR r.mode IN $modes) AND ($scopes IS NULL OR r.scope IN $scopes)
  AND ($within IS NULL OR $within[r.source] IS NOT NULL OR $within[r.at_meeting] IS NOT NULL
       OR $within[startNode(r).id] IS NOT NULL OR $within[endNode(r).id] IS NOT NULL)
WITH r, size(r.search_words) AS length,
     CASE WHEN all(word IN $wholes WHERE r.search_words CONTAINS word) THEN toFloat(size($wholes)) ELSE 0.0 END AS exact,
     [part IN $parts | (size(r.search_words) - size(replace(r.search_words, part, ''))) / size(part)] AS counts
WITH r.id AS id, type(r) AS kind, '' AS whole,
     exact + reduce(rank = 0.0, n IN counts | rank + n / (n + 0.3 + 0.9 * length / 240.0)) AS rank
LIMIT $most
// lists, as 10,000 rows take the driver half a second
RETURN collect(id) AS ids, collect(kind) AS kinds, collect(whole) AS wholes, collect(rank) AS ranks

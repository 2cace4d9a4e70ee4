// title: What has these words in its name or in what is recorded of it, found in the full-text index
// question: none of its own; searches what is written
// params:
//   index: {type: text, meaning: the name of the full-text index}
//   query: {type: text, meaning: "the words as the index takes them: +clinic +test*"}
//   study: {type: text, meaning: "the study's id"}
//   parts: {type: list, meaning: "the words, each with a space before it, and after it where it has to be whole"}
//   wholes: {type: list, meaning: "the same, all of them whole: what has these comes first"}
//   within: {type: map, default: null, meaning: "ids of what is at a site or in a case, each with true; any where empty"}
//   most: {type: integer, default: 10001, meaning: "the number of hits, at most"}
// returns:
//   ids: their ids
//   kinds: the label of each
//   wholes: "empty for each"
//   ranks: "how well each fits: whole words first, then often there, in few words (as in BM25)"
CALL db.index.fulltext.queryNodes($index, $query) YIELD node
WITH node AS x
WHERE x.study = $study AND all(part IN $parts WHERE x.search_words CONTAINS part)
  AND ($within IS NULL OR $within[x.id] IS NOT NULL
       OR EXISTS { MATCH (x)-[:ABOUT]->(t) WHERE $within[t.id] IS NOT NULL })
WITH x, size(x.search_words) AS length,
     CASE WHEN all(word IN $wholes WHERE x.search_words CONTAINS word) THEN toFloat(size($wholes)) ELSE 0.0 END AS exact,
     [part IN $parts | (size(x.search_words) - size(replace(x.search_words, part, ''))) / size(part)] AS counts
WITH x.id AS id, labels(x)[0] AS kind, '' AS whole,
     exact + reduce(rank = 0.0, n IN counts | rank + n / (n + 0.3 + 0.9 * length / 240.0)) AS rank
LIMIT $most
// lists, as 10,000 rows take the driver half a second
RETURN collect(id) AS ids, collect(kind) AS kinds, collect(whole) AS wholes, collect(rank) AS ranks

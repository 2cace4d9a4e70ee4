// title: In how many of the first passages each of these words occurs
// question: none of its own; searches what is written
// params:
//   study: {type: text, meaning: "the study's id"}
//   parts: {type: list, meaning: "the words, each with a space before it, and after it where it has to be whole"}
//   first: {type: integer, default: 1000, meaning: the number of passages to look at}
// returns:
//   looked: how many there are to look at
//   found: "of these, how many have each of the words, in their order"
MATCH (x:Extract)
// the study is compared last: the embedded engine would first collect every passage of it from its index
WITH x LIMIT $first
WHERE x.study = $study
WITH collect(x.search_words) AS texts
RETURN size(texts) AS looked, [part IN $parts | size([text IN texts WHERE text CONTAINS part])] AS found

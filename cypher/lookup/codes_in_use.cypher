// title: The codebook as the study has it
// question: none of its own; an export takes the codes from it
// params:
//   study: {type: text, meaning: the study's id}
// returns:
//   code: the key of a code
//   shown_as: its key and label
//   heading: the heading over it; empty where there is none
//   definition: its definition
//   sheet: the sheet of the codebook that it is on
//   sheet_title: the title of that sheet; empty where it was not recovered
//   colour: its colour, where it came with one
//   sets: the sets that it is in
MATCH (k:Code {study: $study})
RETURN k.code AS code, k.shown_as AS shown_as, k.`group` AS heading, k.definition AS definition,
       k.codebook_sheet AS sheet, k.sheet_title AS sheet_title, k.colour AS colour, k.sets AS sets
ORDER BY code

/**
 * The part of an UPDATE that keeps a figure's source as long as the figure stays what it was: a form and a file send back what
 * they were given. Takes two values: the new figure, and its source.
 */
export function keepingSource(figureColumn: string, sourceColumn: string): string {
  return `${sourceColumn} = CASE WHEN ${figureColumn} IS ? THEN ${sourceColumn} ELSE ? END`
}

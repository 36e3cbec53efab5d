/**
 * The part of an UPDATE that keeps a figure's source while the figure is unchanged: forms and files send back what
 * they got. Takes two values: the new figure, and its source.
 */
export function keepingSource(figureColumn: string, sourceColumn: string): string {
  return `${sourceColumn} = CASE WHEN ${figureColumn} IS ? THEN ${sourceColumn} ELSE ? END`
}

/**
 * What is said about the columns of a file, with what is said about one of them now.
 * @param target null: nothing is said about it any more
 */
export function withTarget<Target extends object>(
  columns: readonly (Target & { readonly heading: string })[],
  heading: string,
  target: Target | null,
): (Target & { readonly heading: string })[] {
  const others = columns.filter((column) => column.heading !== heading)
  return target === null ? others : [...others, { heading, ...target }]
}

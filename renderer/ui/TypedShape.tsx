/** A pencil: beside the word, what was typed by hand. */
export function TypedShape() {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true">
      <path d="M1 9l1-3 5-5 2 2-5 5z" />
    </svg>
  )
}

type Props = {
  /** of the button that stores it */
  readonly label: string
  readonly isDisabled: boolean
  readonly onChoose: () => void
  readonly onLeave: () => void
  readonly onStore: () => void
}

/** What can be done with a file that was read. */
export function ImportActions({ label, isDisabled, onChoose, onLeave, onStore }: Props) {
  return (
    <>
      <button type="button" className="button left" onClick={onChoose}>
        Choose another file…
      </button>
      <button type="button" className="button" onClick={onLeave}>
        Cancel
      </button>
      <button type="button" className="button primary" disabled={isDisabled} onClick={onStore}>
        {label}
      </button>
    </>
  )
}

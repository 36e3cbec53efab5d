import { Select as Base } from '@base-ui/react/select'

export type Choice<T> = { readonly value: T; readonly label: string }

type Props<T> = {
  /** names the control where no visible label does */
  readonly label: string
  /** id of the visible label, in place of `label` */
  readonly labelledBy?: string
  readonly choices: readonly Choice<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
}

/** One of a few choices. */
export function Select<T extends string | number | null>({
  label,
  labelledBy,
  choices,
  value,
  onChange,
}: Props<T>) {
  return (
    <Base.Root items={choices} value={value} onValueChange={(next) => onChange(next as T)} modal={false}>
      <Base.Trigger
        className="select"
        {...(labelledBy === undefined ? { 'aria-label': label } : { 'aria-labelledby': labelledBy })}
      >
        <Base.Value className="select-value" />
        <Base.Icon className="select-icon">
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 6l4 4 4-4" />
          </svg>
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="layer" sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className="popup" aria-label={label}>
            <Base.List className="popup-list">
              {choices.map((choice) => (
                <Base.Item key={String(choice.value)} value={choice.value} className="popup-item">
                  <Base.ItemText>{choice.label}</Base.ItemText>
                  <Base.ItemIndicator className="popup-mark">
                    <svg viewBox="0 0 16 16" aria-hidden="true">
                      <path d="M3.5 8.5l3 3 6-7" />
                    </svg>
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

import { Select as Base } from '@base-ui/react/select'
import type { SelectProps } from './Select.tsx'
import { nameOf, SELECT_ARROW } from './Select.tsx'

export type SelectPopupProps<T> = SelectProps<T> & { readonly openAtFirst: boolean }

/** The control with its list of choices. */
export function SelectPopup<T extends string | number | null>(props: SelectPopupProps<T>) {
  const { label, choices, value, onChange, openAtFirst } = props
  return (
    <Base.Root
      items={choices}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      modal={false}
      defaultOpen={openAtFirst}
    >
      <Base.Trigger className="select" {...nameOf(props)}>
        <Base.Value className="select-value" />
        <Base.Icon className="select-icon">{SELECT_ARROW}</Base.Icon>
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

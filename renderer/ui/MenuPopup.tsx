import { Menu as Base } from '@base-ui/react/menu'
import type { MenuProps } from './Menu.tsx'
import { menuButton, MenuFace } from './Menu.tsx'

export type MenuPopupProps = MenuProps & { readonly openAtFirst: boolean }

/** The button of a menu with its list. */
export function MenuPopup({ trigger, label: name, entries, openAtFirst }: MenuPopupProps) {
  return (
    <Base.Root modal={false} defaultOpen={openAtFirst}>
      <Base.Trigger {...menuButton(name)}>
        <MenuFace trigger={trigger} label={name} />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className="layer" sideOffset={4} align="start">
          <Base.Popup className="popup">
            {entries.map(({ label, run, disabled = false, checked }) =>
              checked === undefined ? (
                <Base.Item key={label} className="popup-item" disabled={disabled} onClick={run}>
                  {label}
                </Base.Item>
              ) : (
                <Base.CheckboxItem
                  key={label}
                  className="popup-item"
                  disabled={disabled}
                  checked={checked}
                  onCheckedChange={run}
                >
                  {label}
                  <Base.CheckboxItemIndicator className="popup-mark">
                    <svg viewBox="0 0 16 16" aria-hidden="true">
                      <path d="M3.5 8.5l3 3 6-7" />
                    </svg>
                  </Base.CheckboxItemIndicator>
                </Base.CheckboxItem>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

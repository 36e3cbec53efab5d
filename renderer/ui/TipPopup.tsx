import { Tooltip } from '@base-ui/react/tooltip'
import type { TipProps } from './Tip.tsx'

/** What has a tip, with its tip. */
export function TipPopup({ text, children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} delay={350} />
      <Tooltip.Portal>
        <Tooltip.Positioner className="layer" sideOffset={6}>
          <Tooltip.Popup className="tip">{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

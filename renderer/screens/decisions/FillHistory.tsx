import { useStore } from '../../state/store.ts'
import { whenThere } from '../../ui/when-there.ts'
import { HISTORY_HEADING } from '../data/history-heading.ts'

/** Leads to where days are filled: Data, History. */
export function FillHistory() {
  const show = useStore((state) => state.show)
  return (
    <button
      type="button"
      className="button"
      onClick={() => {
        show('data')
        whenThere(`#${HISTORY_HEADING}`, (heading) => {
          heading.scrollIntoView({ block: 'start' })
          heading.focus({ preventScroll: true })
        })
      }}
    >
      Fill them: Data ▸ History
    </button>
  )
}

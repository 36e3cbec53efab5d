import { api, settle } from '../lib/api.ts'
import type { ReportsState } from './reports-slice.ts'
import { readScenarios, requestOf, selectAgainst, tellChange, useReports } from './reports-slice.ts'
import { useStore } from './store.ts'
import type { WindowState } from './store.ts'

/** Clicks that follow each other make one preview. */
const SETTLE_MS = 200
/** A preview that takes longer is said to be on its way; the old one stays. */
const TOLD_AFTER_MS = 250

/** Nobody changes the choices any more. */
const COUNT_AFTER_MS = 1000

/** What the pages rest on. */
const beneath = ({ fleet, network, settings }: WindowState, reports: ReportsState) =>
  [
    ...[fleet?.revision, network, settings],
    ...[reports.pack, reports.asOfDay, reports.scenario, reports.changes],
  ] as const

/** There is something to show, and it is known with which template. */
function isReady(): boolean {
  const { templates, fault } = useReports.getState()
  return (useStore.getState().fleet?.rows ?? 0) > 0 && (templates !== null || fault !== null)
}

/**
 * Keeps the preview, and what has changed since the last report, as the choices and the stored state are. One is made at a time; of
 * what changes meanwhile the newest counts.
 * @returns ends it
 */
export function followReport(): () => void {
  let shown: readonly unknown[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let isUnderWay = false
  let isEnded = false
  const hasEnded = () => isEnded

  const now = () => beneath(useStore.getState(), useReports.getState())
  const isShown = () => now().every((part, i) => part === shown[i])

  async function make(): Promise<void> {
    if (isUnderWay || hasEnded() || isShown() || !isReady()) return
    shown = now()
    if (useReports.getState().pack.isIn.size === 0) {
      useReports.setState({ previewFault: 'Without a section there is no page.', pages: null })
      return
    }
    isUnderWay = true
    const telling = setTimeout(() => useReports.setState({ isMaking: true }), TOLD_AFTER_MS)
    const answer = await settle(api.report.preview(requestOf(useReports.getState())))
    clearTimeout(telling)
    isUnderWay = false
    if (hasEnded()) return
    useReports.setState({
      isMaking: false,
      ...(answer.ok
        ? { preview: answer.value, previewFault: null, pages: null }
        : { previewFault: answer.error.message }),
    })
    later()
  }
  const later = () => {
    if (isShown()) return
    clearTimeout(timer)
    timer = setTimeout(() => void make(), SETTLE_MS)
  }

  void make()
  const ends = [
    useStore.subscribe(later),
    useReports.subscribe(later),
    api.on['scenarios.changed'](() => void readScenarios().then(tellChange)),
    followCompared(),
    followCounted(),
  ]
  return () => {
    isEnded = true
    clearTimeout(timer)
    ends.forEach((end) => end())
    useReports.setState({ isMaking: false })
  }
}

/** Counts the pages of a preview that has stood for a while: they have to be printed for it. */
function followCounted(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const count = async () => {
    const { preview } = useReports.getState()
    const answer = await settle(api.report.count(requestOf(useReports.getState())))
    if (answer.ok && useReports.getState().preview === preview) useReports.setState(answer.value)
  }
  const end = useReports.subscribe(({ preview }, before) => {
    if (preview === before.preview) return
    clearTimeout(timer)
    timer = setTimeout(() => void count(), COUNT_AFTER_MS)
  })
  return () => {
    clearTimeout(timer)
    end()
  }
}

/** Compares with a sealed report whenever there is a new preview, or another report to compare with. */
function followCompared(): () => void {
  let last: readonly unknown[] = []
  const compare = async () => {
    const state = useReports.getState()
    const against = selectAgainst(state)?.hash ?? null
    const asked = [state.preview, against]
    if (state.preview === null || asked.every((part, i) => part === last[i])) return
    last = asked
    const answer = against === null ? null : await settle(api.report.compare({ from: against, to: null }))
    if (last !== asked) return
    useReports.setState({
      compared: answer?.ok === true ? answer.value : null,
      comparedFault: answer?.ok === false ? answer.error.message : null,
    })
  }
  void compare()
  return useReports.subscribe(() => void compare())
}

import type { MachineStatus } from '#shared/domain/fleet/fleet.ts'
import type { VerdictName } from '#shared/format/words.ts'
import { adviceWord } from '#shared/format/words.ts'

/** The advice as a word on a ground of its meaning; a stopped machine gets an outline, since nothing runs there. */
export function Verdict({
  verdict,
  status,
}: {
  readonly verdict: VerdictName
  readonly status: MachineStatus
}) {
  return (
    <span className="verdict" data-verdict={verdict} data-stopped={status !== 'running' || undefined}>
      {adviceWord(verdict, status)}
    </span>
  )
}

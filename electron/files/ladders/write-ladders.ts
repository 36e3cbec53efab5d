import { writeCellText } from '#electron/files/cell-text.ts'
import type { Ladder } from '#shared/domain/ladders/point.ts'
import type { LadderFile } from './read-ladders.ts'

const COLUMNS = ['id', 'model', 'firmware', 'profile', 'hashrate_ths', 'power_w', 'source']

/** Ladders as profiles.csv, commas and decimal points, lines that end in LF. Reading it gives the same ladders again. */
export function ladderCsv({ ladders, lotLadders }: LadderFile): string {
  const all = [...ladders.map((ladder) => ({ id: '', ladder })), ...lotLadders]
  return [COLUMNS.join(','), ...all.flatMap(({ id, ladder }) => rowsOf(id, ladder))].join('\n') + '\n'
}

function rowsOf(id: string, { model, firmware, source, points }: Ladder): readonly string[] {
  return points.map(({ name, hashrateThs, powerW }) =>
    [
      ...[id, model, firmware, name].map(writeCellText),
      String(hashrateThs),
      String(powerW),
      writeCellText(source),
    ].join(','),
  )
}

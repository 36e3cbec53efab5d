import { columnMapOf } from '#electron/files/fleet/column-map.ts'
import type { ColumnMap } from '#electron/files/fleet/column-map.ts'
import type { Accepted } from '#electron/files/questions.ts'
import { ACCEPT_NAMES } from '#electron/files/questions.ts'
import type { OptionSpecs } from './command.ts'
import { UsageError } from './command.ts'

/** The option of every command that reads a file whose figures may surprise. */
export const acceptOption = {
  accept: {
    type: 'string',
    value: 'NAME[,NAME]',
    repeated: true,
    help: 'takes what a file was refused for and is right',
  },
} as const satisfies OptionSpecs

/** The option of every command that reads a fleet file. */
export const mapOption = {
  map: {
    type: 'string',
    value: 'HEADING=COLUMN',
    repeated: true,
    help: "reads a column of a fleet file as ours: 'Power (kW)=power_w*1000'",
  },
} as const satisfies OptionSpecs

/** Reads --accept. @throws UsageError for a name that nothing asks for */
export function acceptedNames(command: string, text: string | undefined): Accepted {
  const names = (text ?? '')
    .split(/[,\s]+/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  for (const name of names)
    if (!ACCEPT_NAMES.includes(name))
      throw new UsageError(
        `${command}: --accept '${name}' is not known; there are ${ACCEPT_NAMES.join(', ')}`,
      )
  return new Set(names)
}

/** Reads --map. @throws StrikelineError that says what does not fit */
export function mapGiven(text: string | undefined): ColumnMap {
  return columnMapOf((text ?? '').split('\n').filter((entry) => entry.trim() !== ''))
}

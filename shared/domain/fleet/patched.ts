import { NUMBER_NAMES } from './fields.ts'
import type { Fleet, LabelColumn, MachinePatch } from './fleet.ts'
import { MACHINE_STATUSES } from './fleet.ts'

/**
 * The fleet with other values in some rows, as far as figures rest on them: numbers, site, status, model and firmware. null in the
 * patch is a number that is not given. Columns that stay are the same ones.
 * @param rows of the machines that are changed
 */
export function withPatch({ machines, sites }: Fleet, rows: Uint32Array, patch: MachinePatch): Fleet {
  const filled = <Column extends Float64Array | Uint32Array | Uint8Array>(
    column: Column,
    value: number,
  ): Column => {
    const copy = column.slice() as Column
    for (const row of rows) copy[row] = value
    return copy
  }
  const relabelled = ({ labels, codes }: LabelColumn, text: string): LabelColumn => {
    const known = labels.indexOf(text)
    return known === -1
      ? { labels: [...labels, text], codes: filled(codes, labels.length) }
      : { labels, codes: filled(codes, known) }
  }
  const numbers = NUMBER_NAMES.flatMap((name) => {
    const value = patch[name]
    return value === undefined ? [] : [[name, filled(machines[name], value ?? Number.NaN)]]
  })
  const { siteKey, status, model, firmware } = patch
  return {
    sites,
    machines: {
      ...machines,
      ...(Object.fromEntries(numbers) as Partial<Fleet['machines']>),
      ...(siteKey === undefined ? {} : { site: filled(machines.site, sites.key.indexOf(siteKey)) }),
      ...(status === undefined ? {} : { status: filled(machines.status, MACHINE_STATUSES.indexOf(status)) }),
      ...(model === undefined ? {} : { model: relabelled(machines.model, model) }),
      ...(firmware === undefined ? {} : { firmware: relabelled(machines.firmware, firmware) }),
    },
  }
}

import { basename } from 'node:path'
import type { CaseInputs } from '#shared/domain/decision/case-inputs.ts'
import { counted } from '#shared/format/numbers.ts'
import { AS_IT_IS } from '#shared/report/as-it-is.ts'
import type { ReportScenario } from '#shared/report/case.ts'
import { replaceFile } from '#electron/files/replace.ts'
import type { WorkbookCase } from '#electron/files/workbook/case.ts'
import { workbookOfReport } from '#electron/files/workbook/from-report.ts'
import { workbookOf } from '#electron/files/workbook/workbook.ts'
import { workbookBytes } from '#electron/files/workbook/xlsx.ts'
import { storedScenario } from '../assumptions.ts'
import { acceptOption, mapOption } from '../answers.ts'
import { agreementOptions, agreementsOfCall } from '../case-inputs.ts'
import { caseOptions, readCase } from '../case.ts'
import type { Call, OptionSpecs } from '../command.ts'
import { dataOption, defineCommand, EXIT, UsageError } from '../command.ts'
import { writeLine } from '../json.ts'
import { gathered, handOverOptions, handOverRequest } from '../hand-over.ts'
import { withStore } from '../stored.ts'

const options = {
  xlsx: { type: 'string', value: 'OUT.XLSX', required: true, help: 'the file to write' },
  ...handOverOptions,
  fleet: caseOptions.fleet,
  network: caseOptions.network,
  ...acceptOption,
  ...mapOption,
  ...agreementOptions,
  ...dataOption,
} as const satisfies OptionSpecs

type WorkbookCall = Call<typeof options>

export const command = defineCommand({
  name: 'workbook',
  summary: 'the fleet as a workbook that computes: inputs, sites, machines, projection, cost per BTC',
  options,
  async run(call) {
    const { host, path } = call
    const isOfFiles = call.options.fleet !== undefined || call.options.network !== undefined
    const of = isOfFiles ? await caseOfFiles(call) : await caseOfStore(call)
    const workbook = workbookOf(of)
    await replaceFile(path(call.options.xlsx), workbookBytes(workbook))
    const lots = counted(of.fleet.machines.length, 'lot')
    await writeLine(
      host.stderr,
      `${basename(call.options.xlsx)}: ${lots} on ${counted(workbook.sheets.length, 'sheet')} written`,
    )
    return EXIT.done
  },
})

async function caseOfStore(call: WorkbookCall): Promise<WorkbookCase> {
  const of = workbookOfReport(await gathered(call, await handOverRequest('workbook', call)))
  return { ...of, inputs: await inputsOf(call, of.fleet, of.inputs) }
}

/** Fleet or network come from a file; where one of them does not, it is the stored one. */
async function caseOfFiles(call: WorkbookCall): Promise<WorkbookCase> {
  const { options: given, host } = call
  for (const name of ['template', 'as-of'] as const)
    if (given[name] !== undefined)
      throw new UsageError(`workbook: --${name} goes with what is stored, not with --fleet or --network`)
  const { fleet, network, nowMs, stored } = await readCase(
    'workbook',
    { ...call, options: { ...given, json: true, currency: undefined } },
    null,
    'margins',
  )
  const source = given.network === undefined ? 'stored' : basename(given.network)
  const origin = { source, asOfMs: network.atMs }
  return {
    title: 'Mining position',
    company: '',
    version: host.version,
    madeAtMs: Date.now(),
    asOfMs: nowMs,
    fleet,
    tariffs: [],
    inputs: await inputsOf(call, fleet, stored),
    conditions: network,
    origins: {
      height: origin,
      difficulty: origin,
      priceUsdPerBtc: origin,
      feesBtcPerBlock: origin,
    },
    rates: [],
    horizonDays: null,
    scenario: await scenarioOf(call),
    finance: { generalUsdPerDay: null, demandResponseCreditsUsdPerDay: null, depreciationUsdPerDay: null },
  }
}

/** What --sites, --profiles and --plain make of what is stored. */
async function inputsOf(
  call: WorkbookCall,
  fleet: WorkbookCase['fleet'],
  stored: CaseInputs | null,
): Promise<CaseInputs> {
  const asked = { ...call, options: { ...call.options, json: true, currency: undefined } }
  const { inputs, warnings } = await agreementsOfCall('workbook', asked, { fleet, stored })
  for (const words of warnings) await writeLine(call.host.stderr, `warning: ${words}`)
  return inputs
}

async function scenarioOf({ host, options: { scenario, data } }: WorkbookCall): Promise<ReportScenario> {
  if (scenario === undefined) return AS_IT_IS
  return withStore(host, data, (store) => storedScenario(store, scenario))
}

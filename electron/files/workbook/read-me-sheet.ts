import { counted } from '#shared/format/numbers.ts'
import type { WorkbookFacts } from './case.ts'
import { hasBooks } from './ledger-sheets.ts'
import { SITES } from './layout.ts'
import type { Row, Sheet } from './sheet.ts'
import { section, text, title, wrapped } from './sheet.ts'

/** What the workbook is, which cells are inputs, and what the program weighs that cells do not. */
export function readMeSheet(facts: WorkbookFacts): Sheet {
  const { of, basis, contractUsdPerKwh, refusal } = facts
  const { sites } = basis.fleet
  const byContract = sites.name.filter((_, site) => !Number.isNaN(contractUsdPerKwh[site]!))
  const rows: Row[] = [
    [title(of.title)],
    [text(of.company)],
    [],
    [text('As of (UTC)'), momentText(of.asOfMs ?? facts.conditions.atMs)],
    [text('Made (UTC)'), momentText(of.madeAtMs)],
    [text('By'), text(`Strikeline ${of.version}`)],
    [text('Fleet'), text(`${counted(basis.length, 'lot')} at ${counted(sites.length, 'site')}`)],
    [],
    ...paragraphs('How it is read', [
      'Cells with a coloured ground and blue figures are inputs. Change one, and everything that follows from it is computed again by your spreadsheet.',
      'Every other figure is a formula that carries the figure the program computed: it shows before anything is computed again.',
      'Formulas name the cells of the sheet Inputs (price_usd_per_btc, difficulty, …) and the row of the machine’s site on the sheet Sites.',
      'Money is in USD, time in UTC. Units stand in the headings. A figure that is not known is an empty cell, never 0.',
    ]),
    ...paragraphs('Sheets', [
      'Inputs: price, difficulty, fees, height, what is assumed of the days ahead, exchange rates and costs that no machine carries, each with its source and its moment.',
      'Sites: what a kWh costs at each site, and what its machines earn.',
      'Machines: one row a lot. Hashrate and power are of one machine, money and energy of the whole lot.',
      'Fleet: sums of the machines that run and have figures.',
      'Projection: the running difficulty epoch and those after it.',
      'Bridge: what one BTC costs, step by step.',
      ...(hasBooks(of.ledger ?? null)
        ? [
            'Journal: every entry of the books up to the last month that the report tells, a line per account; debits and credits are what was booked.',
            'Ledger: what moved on each account by month, its balance, and the result, summed over Journal.',
          ]
        : []),
    ]),
    ...paragraphs('Contracts', [
      byContract.length === 0
        ? 'No contract prices energy here.'
        : `Contracts price the energy of ${listed(byContract)}: there the sheet ${SITES} holds what a kWh costs the site on average as it runs now, until the adjustment. A formula cannot weigh tariffs, peaks and shed hours again: for other prices of a contract make the workbook again.`,
      ...(refusal === null
        ? []
        : [`A stored contract cannot be weighed, so machines stand at their own prices: ${refusal}.`]),
      'Verdicts (what to run, pause or power down) are the program’s: they weigh restarts, waiting, operating points and contracts, which cells do not.',
    ]),
  ]
  return { name: 'Read me', widths: [22, 100], frozen: { rows: 0, columns: 0 }, rows }
}

const momentText = (ms: number | null) =>
  ms === null ? null : text(new Date(ms).toISOString().slice(0, 16).replace('T', ' '))

const paragraphs = (words: string, sentences: readonly string[]): Row[] => [
  [section(words)],
  ...sentences.map((sentence) => [null, wrapped(sentence)]),
  [],
]

/** Sites that are named; of more only how many. */
const MOST_NAMED = 20

const listed = (names: readonly string[]) =>
  names.length <= MOST_NAMED
    ? names.join(', ')
    : `${names.slice(0, MOST_NAMED).join(', ')} and ${counted(names.length - MOST_NAMED, 'more site', 'more sites')}`

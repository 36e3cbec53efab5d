import { basename } from 'node:path'
import type { Model } from '#shared/domain/fleet/catalogue.ts'
import type { MachineOffer } from '#shared/domain/money/next-purchase.ts'
import { offerOf, readOfferPrice } from '#shared/format/offer-text.ts'
import { StrikelineError } from '#shared/ipc/errors.ts'
import { readBounded, utf8Bytes } from './bytes.ts'
import { tableOf } from './csv.ts'
import { readCellText } from './cell-text.ts'
import { columnSigns, openSignQuestion } from './numbers.ts'

const MAX_BYTES = 1_000_000
const MOST_OFFERS = 1000
const PRICES = ['price_usd_per_ths', 'price_usd'] as const

/**
 * Reads offers of machines (docs/returns.md): `model` and `price_usd_per_ths` or `price_usd`, one a row; other columns are not looked at.
 * @throws StrikelineError 'file-unreadable', or 'bad-input' that names file, row and column
 */
export async function readOffers(path: string, models: readonly Model[]): Promise<readonly MachineOffer[]> {
  const fileName = basename(path)
  const names = (cells: readonly string[]) => cells.map((cell) => readCellText(cell).trim().toLowerCase())
  const { separator, rows } = tableOf(
    utf8Bytes(await readBounded(path, fileName, MAX_BYTES), fileName),
    fileName,
    {
      knownColumns: (cells) => names(cells).filter((name) => ['model', ...PRICES].includes(name)).length,
      isEven: true,
      mostRows: MOST_OFFERS + 1,
      onHeading: ({ cells, line }) => {
        const header = names(cells)
        if (!header.includes('model')) refuse(fileName, line, 'model', 'the column is missing')
        if (!PRICES.some((price) => header.includes(price)))
          refuse(fileName, line, PRICES[0], `the column is missing; or give ${PRICES[1]}, of one machine`)
      },
    },
  )
  const [heading, ...body] = rows
  const header = names(heading?.cells ?? [])
  const signs = columnSigns(
    body.map(({ cells }) => cells),
    PRICES.map((price) => header.indexOf(price)),
    separator,
    null,
    (at, open) => refuse(fileName, body[0]!.line, header[at]!, openSignQuestion(open, false)),
  )
  if (body.length === 0) throw new StrikelineError('bad-input', `${fileName}: there is no offer in it`)
  return body.map(({ cells, line }) => {
    const name = readCellText(cells[header.indexOf('model')] ?? '').trim()
    const column = PRICES.find((price) => (cells[header.indexOf(price)] ?? '').trim() !== '') ?? PRICES[0]
    const place = header.indexOf(column)
    const text = readCellText(cells[place] ?? '')
    const price = readOfferPrice(text, signs.get(place) ?? '.')
    const per = column === 'price_usd' ? 'machine' : 'ths'
    if (price === null || (price.per === 'ths' && per === 'machine'))
      return refuse(fileName, line, column, `'${text}' is no price above 0`)
    const { offer, fault } = offerOf(models, name, { usd: price.usd, per })
    return offer ?? refuse(fileName, line, 'model', `'${name}' ${fault}`)
  })
}

function refuse(fileName: string, line: number, column: string, words: string): never {
  throw new StrikelineError('bad-input', `${fileName}, row ${line}, column ${column}: ${words}`)
}

import { priceDifficultyGrid } from '#shared/domain/ahead/price-difficulty.ts'
import { signedPercent } from '#shared/format/numbers.ts'
import { defineCommand, EXIT, numberOption } from '../command.ts'
import { existing, writeLine } from '../json.ts'
import { triedFigures } from '../scenario-ahead.ts'
import { startAhead, startOptions } from '../start-ahead.ts'
import { textTable } from '../text-table.ts'
import { clockFigures } from './adjustment.ts'

export const command = defineCommand({
  name: 'grid',
  summary:
    'cash margin a day after the next adjustment, by price and change of difficulty, every machine doing what earns most',
  options: {
    ...startOptions,
    prices: { type: 'string', value: 'USD,USD', help: 'of a bitcoin: rows (around today’s price)' },
    changes: {
      type: 'string',
      value: 'δ,δ',
      help: 'of difficulty, fractions: columns (around the expected one)',
    },
  },
  async run(call) {
    const { options, host } = call
    const pricesUsdPerBtc = numbers('prices', options.prices, {
      ...{ min: 1, max: 1e9, unit: 'USD', typed: 'USD/BTC' },
    })
    const changes = numbers('changes', options.changes, {
      ...{ min: -0.75, max: 3, unit: '(a fraction: -0.05 is −5 %)', typed: 'share' },
    })
    const { given, tried, ahead, start } = await startAhead('grid', call)
    const grid = priceDifficultyGrid(start, { pricesUsdPerBtc, changes })
    const columns = grid.changes.length
    const rows = grid.pricesUsdPerBtc.map((price, row) => ({
      price,
      margins: grid.marginUsdPerDay.slice(row * columns, (row + 1) * columns),
    }))
    if (options.json) {
      const document = {
        ...given.restsOn,
        ...clockFigures(start.carried),
        tried: triedFigures(tried, ahead),
        today: { priceUsdPerBtc: start.network.priceUsdPerBtc, change: start.adjustment.change },
        changes: grid.changes,
        rows: rows.map(({ price, margins }) => ({
          priceUsdPerBtc: price,
          marginUsdPerDay: margins.map(existing),
        })),
      }
      await writeLine(host.stdout, JSON.stringify(document))
      return EXIT.done
    }
    const { money } = given
    await writeLine(
      host.stdout,
      `Cash margin a day after the next adjustment, every machine doing what earns most; * is today's price and the expected change.`,
    )
    const lines = textTable(
      ['bitcoin', ...grid.changes.map((change) => signedPercent(change))].map((title) => ({
        title,
        right: true,
      })),
      rows.map(({ price, margins }, row) => [
        money.whole(price),
        ...margins.map(
          (usd, column) =>
            `${row === grid.atPrice && column === grid.atChange ? '*' : ''}${money.amount(usd)}`,
        ),
      ]),
    )
    for (const line of lines) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

function numbers(
  name: 'prices' | 'changes',
  text: string | undefined,
  bounds: Parameters<typeof numberOption>[3],
): readonly number[] | null {
  return text?.split(',').map((each) => numberOption('grid', name, each.trim(), bounds)!) ?? null
}

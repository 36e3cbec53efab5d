import { USUAL_MOVES, whatMatters } from '#shared/domain/ahead/what-matters.ts'
import { movedWords } from '#shared/format/plan-words.ts'
import { defineCommand, EXIT, numberOption } from '../command.ts'
import { existing, writeLine } from '../json.ts'
import { triedFigures } from '../scenario-ahead.ts'
import { startAhead, startOptions } from '../start-ahead.ts'
import { textTable } from '../text-table.ts'
import { clockFigures } from './adjustment.ts'

const by = (what: string, usual: number) =>
  ({ type: 'string', value: 'M', help: `${what} up and down, a fraction (${usual})` }) as const

export const command = defineCommand({
  name: 'sensitivity',
  summary: 'what matters most: cash margin a day after the next adjustment, one thing moved at a time',
  options: {
    ...startOptions,
    'price-by': by('the price of a bitcoin', USUAL_MOVES.price),
    'difficulty-by': by('the difficulty', USUAL_MOVES.difficulty),
    'power-by': by('every price of energy', USUAL_MOVES.power),
    'uptime-by': by('the uptime of every machine, in points as', USUAL_MOVES.uptime),
  },
  async run(call) {
    const { options, host } = call
    const move = (name: keyof typeof USUAL_MOVES) =>
      numberOption('sensitivity', `${name}-by`, options[`${name}-by`], {
        ...{ min: 0, max: 0.99, unit: '(a fraction: 0.1 is 10 %)', typed: 'share' },
      }) ?? USUAL_MOVES[name]
    const moves = {
      price: move('price'),
      difficulty: move('difficulty'),
      power: move('power'),
      uptime: move('uptime'),
    }
    const { given, tried, ahead, start } = await startAhead('sensitivity', call)
    const { baseUsdPerDay, sensitivities } = whatMatters(start, moves)
    if (options.json) {
      const document = {
        ...given.restsOn,
        ...clockFigures(start.carried),
        tried: triedFigures(tried, ahead),
        baseUsdPerDay: existing(baseUsdPerDay),
        moved: sensitivities.map(({ moved, by, lowUsdPerDay, highUsdPerDay }) => ({
          ...{ moved, by, lowUsdPerDay: existing(lowUsdPerDay), highUsdPerDay: existing(highUsdPerDay) },
        })),
      }
      await writeLine(host.stdout, JSON.stringify(document))
      return EXIT.done
    }
    const { money } = given
    await writeLine(
      host.stdout,
      `Cash margin a day after the next adjustment, every machine doing what earns most: ${money.amount(baseUsdPerDay)}. One thing moved at a time:`,
    )
    const lines = textTable(
      ['moved', 'lower', 'higher'].map((title, column) => ({ title, right: column > 0 })),
      sensitivities.map((each) => [
        movedWords(each),
        money.amount(each.lowUsdPerDay),
        money.amount(each.highUsdPerDay),
      ]),
    )
    for (const line of lines) await writeLine(host.stdout, line)
    return EXIT.done
  },
})

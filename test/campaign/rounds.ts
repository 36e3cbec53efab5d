/**
 * The campaigns against loss and lies run with every other test, each a few times; `npm run campaign` runs them as often as it
 * is told, and prints what they count.
 */
export const roundsOr = (bounded: number): number => Number(process.env['CAMPAIGN_ROUNDS'] ?? bounded)
/** Another seed is another campaign; the same one meets the same inputs. */
export const SEED = Number(process.env['CAMPAIGN_SEED'] ?? 20_261_126)

export const tell = (line: string): void => void process.stdout.write(`campaign: ${line}\n`)

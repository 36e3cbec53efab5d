import { basename, dirname, extname, join } from 'node:path'
import { replaceFile } from '#electron/files/replace.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { MarketPrices } from '#shared/domain/power/market-prices.ts'
import type { SiteContract } from '#shared/domain/power/site-contract.ts'
import { writtenContract } from '#shared/ipc/schemas/stored-contract.ts'

type Written = Readonly<Record<string, unknown>>

/**
 * Writes contracts and policies as a sites.json, and beside it a price file for each market and each hand-back at market prices:
 * `sites.json` → `sites-North-market.csv`. Each file whole or not at all, the sites.json last. Reading it gives the same again.
 * @returns names of the files, the sites.json first
 * @throws StrikelineError 'file-unwritable'
 */
export async function writeSites(
  file: string,
  contracts: readonly { readonly site: string; readonly contract: SiteContract }[],
  policies: readonly { readonly id: string; readonly policy: MachinePolicy }[],
): Promise<readonly string[]> {
  const names: string[] = []
  const sites: Written[] = []
  for (const { site, contract } of contracts) {
    const writePrices = async (prices: MarketPrices, what: string): Promise<string> => {
      const name = freeName(`${basename(file, extname(file))}-${fileWord(site)}-${what}`, names)
      await replaceFile(join(dirname(file), name), priceLines(prices))
      names.push(name)
      return name
    }
    const parts = writtenContract({ ...contract, market: null, takeOrPay: null })
    const written: Record<string, unknown> = { site, ...present(parts) }
    if (contract.market !== null)
      written['market'] = {
        file: await writePrices(contract.market, 'market'),
        adderUsdPerKwh: contract.market.adderUsdPerKwh,
      }
    if (contract.takeOrPay !== null) {
      const { handBack, ...terms } = contract.takeOrPay
      written['takeOrPay'] = {
        ...present(terms),
        ...(handBack === null ? {} : { handBackFile: await writePrices(handBack, 'hand-back') }),
      }
    }
    sites.push(written)
  }
  const document = { sites, ...(policies.length === 0 ? {} : { machines: policies }) }
  await replaceFile(file, [`${JSON.stringify(document, null, 2)}\n`])
  return [basename(file), ...names]
}

/** Without parts that are not agreed. */
function present(parts: Written): Written {
  return Object.fromEntries(
    Object.entries(parts).filter(([, part]) => part !== null && !(Array.isArray(part) && part.length === 0)),
  )
}

function* priceLines({ currency, fromMs, perKwh }: MarketPrices): Generator<string> {
  yield `time,price_${currency.toLowerCase()}_kwh\n`
  for (let i = 0; i < perKwh.length; i++) yield `${new Date(fromMs[i]!).toISOString()},${perKwh[i]}\n`
}

/** A site's name as part of a file's: only what every system takes. */
function fileWord(site: string): string {
  return site.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '') || 'site'
}

function freeName(stem: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? `${stem}.csv` : `${stem}-${n}.csv`
    if (!taken.some((other) => other.toLowerCase() === name.toLowerCase())) return name
  }
}

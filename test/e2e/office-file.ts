import { writeFileSync } from 'node:fs'
import { NETWORK_VALUE_NAMES } from '#shared/domain/chain/network-values.ts'
import { networkFileBytes } from '#electron/files/network/network-file.ts'

/** What an office exported `days` ago. */
export function officeFile(path: string, days: number, source: 'mempool' | 'kraken' = 'mempool'): void {
  const asOfMs = Date.now() - days * 86_400_000
  const dated = { source, asOfMs, fetchedAtMs: asOfMs }
  const values = {
    ...{ height: 925_000, difficulty: 1.5e14, priceUsdPerBtc: 88_300 },
    ...{ feesBtcPerBlock: 0.02, epochBlocks: 1672, epochSeconds: 1_003_000 },
  }
  writeFileSync(
    path,
    networkFileBytes({
      ...{ format: 'strikeline-network', version: 1, madeAtMs: asOfMs, program: 'test' },
      values: NETWORK_VALUE_NAMES.map((name) => ({ name, value: values[name], ...dated })),
      ...{ rates: [], adjustments: [], epochs: [], history: [] },
    }),
  )
}

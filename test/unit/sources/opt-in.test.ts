import { expect, test } from 'vitest'
import { DEFAULT_SOURCE_ORDER, SOURCE_NAMES, SOURCES } from '#shared/ipc/sources.ts'
import type { Settings } from '#shared/ipc/schemas/settings.ts'
import { createPastService } from '#electron/services/past-service.ts'
import { createNetworkService } from '#electron/services/network-service.ts'
import { makeStore } from './database.ts'
import { answering, MEMPOOL, NOW_MS, PRICES, sendJson, serve } from './servers.ts'

const OPT_IN = SOURCE_NAMES.filter((name) => !SOURCES[name].onByDefault)

/** A sound server for the sources that are on; the one that is meant counts its questions and answers nothing. */
async function program(name: (typeof OPT_IN)[number], networkOrder: string) {
  const sound = await serve(
    answering({
      ...MEMPOOL,
      '/0/public/Ticker': PRICES.kraken,
      '/api/v3/simple/price': PRICES.coingecko,
    }),
  )
  const counting = await serve((_, response) => {
    sendJson(response, 'nothing here', 404)
  })
  const elsewhere = 'http://127.0.0.1:9'
  const settings: Partial<Settings> = {
    networkOrder,
    mempoolUrl: sound.url,
    krakenUrl: sound.url,
    coingeckoUrl: sound.url,
    coinbaseUrl: elsewhere,
    coinmetricsUrl: elsewhere,
    blockchaininfoUrl: elsewhere,
    [`${name}Url`]: counting.url,
  }
  const store = await makeStore(settings)
  const options = { store, version: '0', nowMs: () => NOW_MS }
  const network = createNetworkService(options)
  const past = createPastService({ ...options, timeoutMs: 2000 })
  await network.refresh()
  network.start()
  network.wake()
  await past.backfillToEnd()
  await Promise.all([network.stop(), past.stop()])
  return { asked: counting.asked, others: sound.asked }
}

test('what has narrow terms is off', () => {
  expect(OPT_IN).toEqual(['coinbase', 'coinmetrics', 'blockchaininfo'])
})

test.each(OPT_IN)('%s is not asked a single question until it stands in the order', async (name) => {
  const silent = await program(name, DEFAULT_SOURCE_ORDER)
  expect(silent.asked).toEqual([])
  // The others were asked: the silence is about this one.
  expect(silent.others.length).toBeGreaterThan(5)
  const switchedOn = await program(name, `mempool,${name}`)
  expect(switchedOn.asked.length).toBeGreaterThan(0)
})

import type { MempoolAnswers, MempoolServer } from '../mempool-server.ts'
import { startMempoolServer } from '../mempool-server.ts'
import { expect, test as programTest } from './app.ts'
import { cli } from './cli.ts'

export { expect }

type Fixtures = {
  /** the network that its server tells, where it is another than the usual one */
  readonly network: Partial<MempoolAnswers>
  /** answers like mempool.space, and is the only source that the program asks */
  readonly server: MempoolServer
}

/** The program with a server that it asks. */
export const test = programTest.extend<Fixtures>({
  network: [{}, { option: true }],

  server: async ({ dataFolder, network }, use) => {
    const server = await startMempoolServer(network)
    await cli(dataFolder, 'settings', 'set', 'network.order', 'mempool')
    await cli(dataFolder, 'settings', 'set', 'network.mempool.url', server.url)
    await use(server)
    await server.close()
  },
})

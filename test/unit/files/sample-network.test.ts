import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readNetworkCase } from '#electron/files/network-case.ts'
import { estimateAdjustment } from '#shared/domain/chain/adjustment.ts'
import { hashpriceUsdPerPhDay, subsidyBtc } from '#shared/domain/chain/network.ts'

const network = readNetworkCase(
  readFileSync(fileURLToPath(new URL('../../../assets/sample-network.json', import.meta.url)), 'utf8'),
  'sample-network.json',
)

describe('the sample network', () => {
  it('is one day on which everything agrees: the epoch with the height, its pace with the hashrate', () => {
    const { height, epoch, previousAdjustments, atMs } = network
    expect(epoch!.blocks).toBe(height % 2016)
    // 296 blocks by luck alone differ from ten minutes by 6 % one time in three.
    expect(epoch!.seconds / epoch!.blocks / 600).toBeGreaterThan(0.85)
    expect(epoch!.seconds / epoch!.blocks / 600).toBeLessThan(1.15)
    expect(subsidyBtc(height)).toBe(3.125)
    expect(previousAdjustments.length).toBeGreaterThanOrEqual(6)
    expect(atMs).toBe(Date.UTC(2026, 9, 5, 9, 41, 42))
    expect(estimateAdjustment(epoch!, previousAdjustments).secondsLeft).toBeGreaterThan(86_400)
  })

  it('has a difficulty that a block can state: 24 bits of a target', () => {
    const target = (0xffffn << 208n) / BigInt(network.difficulty)
    const shift = 8n * (BigInt(Math.ceil(target.toString(2).length / 8)) - 3n)
    const stated = (target >> shift) << shift
    const nearest = [stated, stated + (1n << shift)].map((each) => Number(0xffffn << 208n) / Number(each))
    expect(nearest.map(Math.round)).toContain(network.difficulty)
  })

  it('pays a hashprice at which the sample fleet has something to decide', () => {
    expect(hashpriceUsdPerPhDay(network)).toBeGreaterThan(34)
    expect(hashpriceUsdPerPhDay(network)).toBeLessThan(45)
  })
})

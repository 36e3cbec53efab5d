import { expect, it } from 'vitest'
import { keepRead } from '../../../renderer/state/keep-read.ts'

/** What is beneath a reading is a number here. A reading ends when it is told to. */
function kept() {
  const state = { beneath: 0, isEnded: false }
  const read: number[] = []
  const under: (() => void)[] = []
  let look: () => void = () => undefined
  const end = keepRead(
    () => [state.beneath],
    async (now) => {
      read.push(...now)
      await new Promise<void>((resolve) => under.push(resolve))
      return now
    },
    (changes) => {
      look = changes
      return [() => (state.isEnded = true)]
    },
  )
  const change = (beneath: number) => {
    state.beneath = beneath
    look()
  }
  const finish = async () => {
    under.shift()!()
    await new Promise(setImmediate)
  }
  return { read, change, finish, end, state }
}

it('reads at once, then again when what is beneath is another, and not when it is the same', async () => {
  const { read, change, finish } = kept()
  await finish()
  change(0)
  expect(read).toEqual([0])
  change(1)
  await finish()
  expect(read).toEqual([0, 1])
})

it('reads one at a time, of changes meanwhile the newest', async () => {
  const { read, change, finish } = kept()
  change(1)
  change(2)
  change(3)
  expect(read).toEqual([0])
  await finish()
  await finish()
  expect(read).toEqual([0, 3])
})

it('reads no more once it has ended, whatever was under way', async () => {
  const { read, change, finish, end, state } = kept()
  change(1)
  end()
  await finish()
  change(2)
  expect(read).toEqual([0])
  expect(state.isEnded).toBe(true)
})

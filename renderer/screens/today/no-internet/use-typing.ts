import { useEffect } from 'react'
import type { NetworkState } from '#shared/ipc/schemas/network.ts'
import type { Typing } from '../../../lib/typing.ts'
import { readTyping, typingOf, usualUnit } from '../../../lib/typing.ts'
import { selectCurrency } from '../../../state/selectors.ts'
import { useStore } from '../../../state/store.ts'

/** The fields as they stand, and what changes them: it is read at once, so that the answer follows. */
export function useTyping(network: NetworkState) {
  const currency = useStore(selectCurrency)
  const unit = useStore((state) => usualUnit(network, state.settings))
  const typed = useStore((state) => state.typing)
  const { setTyping } = useStore.getState()
  const typing = typed ?? typingOf(network, unit)
  // What is known beneath it may have become another one.
  useEffect(() => {
    const { typing: standing } = useStore.getState()
    if (standing !== null) setTyping(standing, readTyping(network, standing, currency))
  }, [network, currency, setTyping])
  const typeIn = (patch: Partial<Typing>) => {
    const next = { ...typing, ...patch }
    setTyping(next, readTyping(network, next, currency))
  }
  return { typing, typeIn }
}

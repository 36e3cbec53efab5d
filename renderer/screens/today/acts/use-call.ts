import type { SiteToCall } from '#shared/domain/decision/acts/called.ts'
import { useStore } from '../../../state/store.ts'

/** A site to call as it is now; null where there is nothing to do any more. */
export const useCall = (siteKey: number | null): SiteToCall | null =>
  useStore((state) => state.picture?.sitesToCall.sites.find((each) => each.siteKey === siteKey) ?? null)

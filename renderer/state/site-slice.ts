import type { StateCreator } from 'zustand'
import type { ContractTerms } from '#shared/domain/power/contract-terms.ts'
import type { MachinePolicy } from '#shared/domain/power/machine-policy.ts'
import type { WindowState } from './store.ts'

/** What was changed on a site's page and is not stored yet. It outlasts the page, so that nothing typed is lost by leaving it. */
export type SiteDraft = {
  /** null: they stay as they are stored */
  readonly terms: ContractTerms | null
  /** those that it was made from; null: there was no contract */
  readonly before: ContractTerms | null
  /** by key of the machine */
  readonly policies: ReadonlyMap<number, { readonly id: string; readonly policy: MachinePolicy }>
}

export type SiteSlice = {
  /** key of the site whose page is open */
  readonly site: number | null
  /** the one whose page was open last: its row has the focus when the list is back */
  readonly leftSite: number | null
  readonly siteDrafts: ReadonlyMap<number, SiteDraft>
  openSite: (key: number) => void
  leaveSite: () => void
  /** null: what was changed is dropped */
  draftSite: (key: number, draft: SiteDraft | null) => void
}

export const siteSlice: StateCreator<WindowState, [], [], SiteSlice> = (set) => ({
  site: null,
  leftSite: null,
  siteDrafts: new Map(),
  openSite: (site) => set({ screen: 'sites', site }),
  leaveSite: () => set(({ site }) => ({ site: null, leftSite: site })),
  draftSite: (key, draft) =>
    set(({ siteDrafts }) => {
      const next = new Map(siteDrafts)
      if (draft === null) next.delete(key)
      else next.set(key, draft)
      return { siteDrafts: next }
    }),
})

import { findRows } from '#shared/domain/fleet/find-rows.ts'
import { prepare } from '#shared/domain/decision/prepare.ts'
import { withCase } from '#shared/domain/decision/trial.ts'
import type { Computed } from './computed.ts'
import { pictureUnder } from './computed.ts'
import { editAhead, pickedOf, rowsOfKeys } from './edit-ahead.ts'
import { nextView, purchasesView } from './investment-view.ts'
import { listedWork } from './listed-work.ts'
import { marketView } from './market-view.ts'
import { modelView } from './model-view.ts'
import type { Calls } from './protocol.ts'
import { explainedRow, foundRow } from './row-views.ts'
import { siteAhead, siteView } from './site-view.ts'

/** As many as a list shows that one chooses from. */
const MOST_FOUND = 20

/** What is asked by pages and dialogs, each by its name. */
export type PageCall =
  | 'contract'
  | 'edit'
  | 'explain'
  | 'find'
  | 'market'
  | 'model'
  | 'nextPurchases'
  | 'pick'
  | 'purchases'
  | 'site'
  | 'siteAhead'
  | 'workLines'
export type Pages = { readonly [K in PageCall]: (input: Calls[K]['input']) => Calls[K]['output'] }

/**
 * What pages and dialogs ask, of the fleet and the market that were looked at last; what was looked at stays. It is loaded with the
 * first such question: nobody asks before there is a row.
 */
export function pagesOf(there: () => Computed): Pages {
  /** keys that were picked last: rows move */
  let picked = new Float64Array()
  return {
    site({ siteKey, find }) {
      const { prepared, picture } = there()
      return siteView(prepared(), picture(), siteKey, find)
    },
    contract: (siteKey) =>
      there().inputs.contracts.find((each) => each.siteKey === siteKey)?.contract ?? null,
    siteAhead({ siteKey, real, tried }) {
      const { fleet, inputs, storedPicture } = there()
      const after = prepare(fleet, withCase(inputs, fleet.sites, tried))
      return siteAhead(
        fleet.sites.key.indexOf(siteKey),
        after,
        real === null ? null : storedPicture(real),
        real === null ? null : pictureUnder(after, real),
      )
    },
    workLines: (asked) => listedWork(there().picture(), asked),
    pick(keys) {
      picked = Float64Array.from(keys)
      const { fleet } = there()
      return pickedOf(fleet, rowsOfKeys(fleet, picked))
    },
    edit({ real, edit }) {
      const { fleet, inputs, storedPicture } = there()
      const stored = real === null ? null : storedPicture(real)
      return editAhead(fleet, inputs, rowsOfKeys(fleet, picked), edit, stored, (edited, known) =>
        real === null ? null : pictureUnder(prepare(edited, known), real),
      )
    },
    explain(key) {
      const { fleet, scene } = there()
      const row = fleet.machines.key.indexOf(key)
      return row < 0 ? null : explainedRow(scene(), row)
    },
    purchases(input) {
      const { storedPicture } = there()
      return purchasesView(input.real === null ? null : storedPicture(input.real), input)
    },
    nextPurchases(input) {
      const { inputs, storedPicture } = there()
      return nextView(input.real === null ? null : storedPicture(input.real), inputs.models, input)
    },
    market: (real) => marketView(real === null ? null : there().storedPicture(real)),
    model: (name) => modelView(there().scene().prepared, name),
    find(text) {
      const { fleet } = there()
      return findRows(fleet, text, MOST_FOUND).map((row) => foundRow(fleet, row))
    },
  }
}

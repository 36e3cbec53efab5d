import type { Migration } from './migration.ts'
import { fleet } from './0001-fleet.ts'
import { contracts } from './0002-contracts.ts'
import { profiles } from './0003-profiles.ts'
import { scenarios } from './0004-scenarios.ts'
import { provenance } from './0005-provenance.ts'
import { rates } from './0006-rates.ts'
import { past } from './0007-history.ts'
import { alerts } from './0008-alerts.ts'
import { sample } from './0009-sample.ts'
import { places } from './0010-places.ts'
import { lotLadders } from './0011-ladders.ts'
import { remembered } from './0012-remembered.ts'
import { checksums } from './0013-checksums.ts'
import { undo } from './0014-undo.ts'
import { watchedFiles } from './0015-watched-files.ts'
import { moreChecksums } from './0016-more-checksums.ts'
import { decisions } from './0017-decisions.ts'
import { archive } from './0018-archive.ts'
import { pointsSet } from './0019-points-set.ts'
import { sealedReports } from './0020-sealed-reports.ts'
import { purchases } from './0021-purchases.ts'
import { outcomes } from './0022-outcomes.ts'
import { webhook } from './0023-webhook.ts'
import { ledger } from './0024-ledger.ts'
import { ledgerFiles } from './0025-ledger-files.ts'
import { poolTermsFrom } from './0026-pool-terms-from.ts'

/** In order of version, without gaps. What stands here has been shipped and is never changed: add another. */
export const MIGRATIONS: readonly Migration[] = [
  fleet,
  contracts,
  profiles,
  scenarios,
  provenance,
  rates,
  past,
  alerts,
  sample,
  places,
  lotLadders,
  remembered,
  checksums,
  undo,
  watchedFiles,
  moreChecksums,
  decisions,
  archive,
  pointsSet,
  sealedReports,
  purchases,
  outcomes,
  webhook,
  ledger,
  ledgerFiles,
  poolTermsFrom,
]

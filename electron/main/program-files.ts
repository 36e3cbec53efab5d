/** Where the parts of the built program lie: on disk from source, inside the archive once packaged. */
export type ProgramFiles = {
  readonly preload: string
  /** folder of the built pages, the only one that app:// serves */
  readonly pages: string
  readonly worker: URL
  readonly simulationWorker: URL
  /** draws the pages of reports */
  readonly pagesWorker: URL
  /** writes workbooks and tables of reports */
  readonly handedOverWorker: URL
  readonly backtestWorker: URL
  /** catalogue and sample fleet */
  readonly assets: string
}

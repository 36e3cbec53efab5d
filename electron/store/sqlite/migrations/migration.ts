export type Migration = {
  /** `user_version` of the file afterwards */
  readonly version: number
  readonly sql: string
}

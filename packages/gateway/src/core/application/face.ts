/** How an application looks on pages for people. */
export type Face = {
  readonly clientId: string
  readonly name: string
  readonly organizationName: string
  /** `#rrggbb`, or null: ours. */
  readonly colour: string | null
  readonly hasLogo: boolean
}

import { strict, type GrantPolicy } from '../../core/identity/grant.ts'
import { describe } from './claims.ts'

export const policy: GrantPolicy = { ...strict, describe }

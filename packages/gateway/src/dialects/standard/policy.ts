import { grantTypes, strict, type GrantPolicy } from '../../core/token/grant.ts'
import { attributeOf, describe } from './claims.ts'

export const policy: GrantPolicy = { ...strict, grants: grantTypes, bindsTo: 'keys', describe, attributeOf }

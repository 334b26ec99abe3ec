/** @jsxImportSource preact */
import type { Role } from '#src/people/role.ts';
import { type Permission, permissions } from '#src/people/viewer.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Check } from '../shared/check.tsx';
import { ErrorSummary, Field } from '../shared/field.tsx';
import { Said } from '../shared/said.tsx';
import { words } from '../words/words.ts';

/** A role as its form shows it; without an id it is to be made. */
export type RoleForm = Omit<Role, 'id' | 'memberCount'> & { id: number | null; memberCount: number };

type Props = {
  viewer: Person;
  account: { name: string; timeZone: string };
  role: RoleForm;
  /** Whether what a built-in role sees is fixed as well. */
  hasFixedSight: boolean;
  /** What the viewer may give: the rest cannot be chosen. */
  mayGive: (permission: Permission) => boolean;
  /** Whether the role is beyond the viewer, who may then only look at it. */
  isBeyond: boolean;
  /** They were asked for a proof when they had chosen something, which is to be chosen again. */
  isProven: boolean;
  errors?: Record<string, string>;
};

const says = words.roles;

export function RolePage(props: Props) {
  const { viewer, account, role, hasFixedSight, mayGive, isBeyond, isProven, errors = {} } = props;
  const title = role.id === null ? says.newTitle : role.name;
  const isBuiltIn = role.key !== null;
  return (
    <Settings
      place="roles"
      person={viewer}
      account={account}
      below={{ title, href: '/settings/roles' }}
      {...(isBuiltIn ? { lead: says.builtIn } : {})}
      icons={['okc']}
    >
      <Said text={isProven ? words.people.said.proven : undefined} />
      <form
        class="stack"
        method="post"
        action={role.id === null ? '/settings/roles' : `/settings/roles/${role.id}`}
      >
        <ErrorSummary errors={errors} />
        {isBeyond ? <p class="small">{says.beyond}</p> : null}
        {isBuiltIn ? (
          <p class="small">{hasFixedSight ? `${says.builtInName} ${says.fixedSight}` : says.builtInName}</p>
        ) : (
          <Field name="name" label={says.name} value={role.name} error={errors.name} maxlength={120} />
        )}
        <fieldset class="choices" disabled={isBeyond}>
          <legend class="h">{says.permissions}</legend>
          {permissions.map((permission) => (
            <Check
              key={permission}
              name="permissions"
              value={permission}
              says={says.may[permission]}
              isChecked={role.permissions.has(permission)}
              isDisabled={isBuiltIn || !mayGive(permission)}
            />
          ))}
        </fieldset>
        <Sees role={role} isDisabled={isBeyond || hasFixedSight} />
        <fieldset class="choices" disabled={isBeyond}>
          <legend class="h">{says.signingIn}</legend>
          <Check
            name="needsSecondFactor"
            value="yes"
            says={says.needsSecondFactor}
            isChecked={role.needsSecondFactor}
          />
        </fieldset>
        {isBeyond ? null : (
          <p class="bar">
            <button class="btn btn--primary" type="submit">
              {role.id === null ? says.create : says.save}
            </button>
          </p>
        )}
      </form>
      {role.id === null || isBuiltIn || isBeyond ? null : <Removal id={role.id} />}
    </Settings>
  );
}

const Sees = ({ role, isDisabled }: { role: RoleForm; isDisabled: boolean }) => (
  <>
    <fieldset class="choices" disabled={isDisabled}>
      <legend class="h">{says.reach}</legend>
      {(['all', 'teams', 'own'] as const).map((reach) => (
        <Check
          key={reach}
          type="radio"
          name="reach"
          value={reach}
          says={says.reaches[reach]}
          isChecked={role.reach === reach}
        />
      ))}
    </fieldset>
    <fieldset class="choices" disabled={isDisabled}>
      <legend class="h">{says.more}</legend>
      <Check name="seesUnassigned" value="yes" says={says.seesUnassigned} isChecked={role.seesUnassigned} />
      <Check name="seesPhones" value="yes" says={says.seesPhones} isChecked={role.seesPhones} />
    </fieldset>
  </>
);

const Removal = ({ id }: { id: number }) => (
  <form class="foot" method="post" action={`/settings/roles/${id}/removal`}>
    <p class="small">{says.removeText}</p>
    <button class="btn" type="submit">
      {says.remove}
    </button>
  </form>
);

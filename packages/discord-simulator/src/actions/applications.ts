import { applicationProfileRecord } from '../state/application-records.js';
import type {
  ApplicationProfile,
  ApplicationRecord,
  ConnectionMetadata,
  RoleConnection,
  UserRecord,
} from '../state/model.js';
import type { World } from '../state/world.js';

/** What an application says of itself. No dispatch tells of it. */
export function changeApplication(
  world: World,
  application: ApplicationRecord,
  changes: Partial<ApplicationProfile>,
): void {
  application.profile = { ...(application.profile ?? applicationProfileRecord.parse({})), ...changes };
  world.touch();
}

/** What an application can know of people elsewhere, for roles that ask for it. */
export function setConnectionMetadata(
  world: World,
  application: ApplicationRecord,
  metadata: ConnectionMetadata[],
): void {
  application.connectionMetadata = metadata;
  world.touch();
}

/** What an application knows of a person; null forgets it. */
export function setRoleConnection(
  world: World,
  user: UserRecord,
  { applicationId, connection }: { applicationId: string; connection: RoleConnection | null },
): void {
  const { [applicationId]: _former, ...others } = user.roleConnections ?? {};
  user.roleConnections = connection ? { ...others, [applicationId]: connection } : others;
  world.touch();
}

import { z } from 'zod';
import { parseForm } from './errors.js';

const user = z.looseObject({ id: z.number(), login: z.string(), html_url: z.string(), avatar_url: z.string() });
const subject = z
  .looseObject({
    title: z.string().optional(),
    number: z.number().optional(),
    html_url: z.string(),
    body: z.string().nullish(),
  })
  .nullish();
const written = z
  .looseObject({ html_url: z.string(), body: z.string().nullish(), state: z.string().optional() })
  .nullish();

const githubBody = z.looseObject({
  action: z.string().nullish(),
  ref: z.string().nullish(),
  ref_type: z.string().nullish(),
  compare: z.string().nullish(),
  forced: z.boolean().nullish(),
  sender: user,
  repository: z.looseObject({ name: z.string(), full_name: z.string(), html_url: z.string() }).nullish(),
  forkee: z.looseObject({ full_name: z.string(), html_url: z.string() }).nullish(),
  member: user.nullish(),
  issue: subject,
  pull_request: subject,
  discussion: subject,
  comment: written,
  review: written,
  answer: written,
  release: z.looseObject({ tag_name: z.string(), html_url: z.string() }).nullish(),
  commits: z
    .array(
      z.looseObject({
        id: z.string(),
        url: z.string(),
        message: z.string(),
        author: z.looseObject({ name: z.string(), username: z.string().nullish() }),
      }),
    )
    .nullish(),
});

type Body = z.infer<typeof githubBody>;

interface Telling {
  title: string;
  url?: string | undefined;
  description?: string | null | undefined;
}

const MAX_TITLE = 256;
const MAX_DESCRIPTION = 500;

/** The message Discord makes of an event of GitHub; none for events it does not show. @see https://docs.discord.com/developers/resources/webhook#execute-githubcompatible-webhook */
export function githubMessage(event: string, sent: unknown): object | undefined {
  const body = parseForm(githubBody, sent);
  const telling = tell(event, body);
  if (!telling) return undefined;
  const { login, html_url: url, avatar_url: icon } = body.sender;
  const scope = body.repository ? `[${body.repository.full_name}] ` : '';
  return {
    username: 'GitHub',
    embeds: [
      {
        title: `${scope}${telling.title}`.slice(0, MAX_TITLE),
        ...(telling.url ? { url: telling.url } : {}),
        ...(telling.description ? { description: telling.description.slice(0, MAX_DESCRIPTION) } : {}),
        author: { name: login, url, icon_url: icon },
      },
    ],
  };
}

function tell(event: string, body: Body): Telling | undefined {
  const { action, repository, comment, review, release, forkee, member } = body;
  const [url, ref] = [repository?.html_url, branchOf(body.ref)];
  const about = body.issue ?? body.pull_request ?? body.discussion;
  const named = about ? `#${about.number ?? ''}: ${about.title ?? ''}` : '';
  switch (event) {
    case 'push':
      return tellPush(body);
    case 'issues':
      return {
        title: `Issue ${action ?? ''} ${named}`,
        url: about?.html_url,
        description: opened(action, about?.body),
      };
    case 'pull_request':
      return {
        title: `Pull request ${action ?? ''} ${named}`,
        url: about?.html_url,
        description: opened(action, about?.body),
      };
    case 'discussion':
      return { title: `Discussion ${action ?? ''} ${named}`, url: about?.html_url };
    case 'issue_comment':
    case 'pull_request_review_comment':
    case 'discussion_comment':
      return { title: `New comment on ${named}`, url: comment?.html_url, description: comment?.body };
    case 'commit_comment':
      return { title: 'New comment on a commit', url: comment?.html_url, description: comment?.body };
    case 'pull_request_review':
      return {
        title: `Pull request review ${review?.state ?? ''} ${named}`,
        url: review?.html_url,
        description: review?.body,
      };
    case 'create':
      return { title: `New ${body.ref_type ?? 'branch'} created: ${ref}`, url };
    case 'delete':
      return { title: `${body.ref_type ?? 'branch'} deleted: ${ref}`, url };
    case 'fork':
      return { title: `Fork created: ${forkee?.full_name ?? ''}`, url: forkee?.html_url };
    case 'member':
      return { title: `New collaborator added: ${member?.login ?? ''}`, url: member?.html_url };
    case 'public':
      return { title: 'Now open sourced!', url };
    case 'release':
      return { title: `New release published: ${release?.tag_name ?? ''}`, url: release?.html_url };
    case 'watch':
      return { title: 'New star added', url };
    default:
      return undefined;
  }
}

function tellPush({ commits, compare, ref, forced }: Body): Telling | undefined {
  const list = commits ?? [];
  if (list.length === 0 && !forced) return undefined;
  const lines = list.map(
    ({ id, url, message, author }) =>
      `[\`${id.slice(0, 7)}\`](${url}) ${message.split('\n')[0] ?? ''} - ${author.username ?? author.name}`,
  );
  const count = `${list.length} new commit${list.length === 1 ? '' : 's'}`;
  const title = forced ? `Branch ${branchOf(ref)} was force-pushed` : `${branchOf(ref)}: ${count}`;
  return { title, url: compare ?? undefined, description: lines.join('\n') };
}

/** The text of something is told once, when it is opened. */
function opened(action: string | null | undefined, text: string | null | undefined): string | null | undefined {
  return action === 'opened' ? text : undefined;
}

function branchOf(ref: string | null | undefined): string {
  return (ref ?? '').replace(/^refs\/(heads|tags)\//, '');
}

//! The audit log: what is done to a workspace, and by whom.

use crate::{spelled, vocabulary};

vocabulary! {
    /// The action, as named in the audit log.
    AuditAction {
        /// The first start of a server on an empty database.
        WorkspaceSetUp = "workspace.set_up",
        /// Everything derived was computed again.
        WorkspaceRebuilt = "workspace.rebuilt",
        /// A backup was made by a running server.
        BackupMade = "backup.made",
        /// A copy of a workspace sends from now on.
        OutboundReleased = "outbound.released",
        /// A one-time sign-in link was made: on the machine of the server, or by an admin for another member.
        SignInLinkCreated = "sign_in_link.created",
        /// A step on Home was put aside, or taken up again.
        FirstStepChanged = "first_step.changed",
        /// A member signed in.
        MemberSignedIn = "member.signed_in",
        /// A member set a password, or changed theirs.
        PasswordSet = "password.set",
        /// A member removed their password.
        PasswordRemoved = "password.removed",
        /// A member changed of what they are notified.
        NotificationsChanged = "notifications.changed",
        /// What holds for the notifications of the whole team was changed.
        TeamNotificationsChanged = "team_notifications.changed",
        /// The reasons that are offered when a lead is rejected were changed.
        RejectReasonsChanged = "reject_reasons.changed",
        /// What the team aims at in reports was changed.
        ReportGoalsChanged = "report_goals.changed",
        /// A member lets a browser be notified while the dashboard is closed.
        PushDeviceAdded = "push_device.added",
        /// A browser is no longer notified.
        PushDeviceRemoved = "push_device.removed",
        /// A member sent one of their browsers a test notification.
        PushDeviceTested = "push_device.tested",
        /// A member connected a calendar.
        CalendarConnected = "calendar.connected",
        /// A member changed how their calendar is connected.
        CalendarChanged = "calendar.changed",
        /// The calendar of a member was disconnected.
        CalendarDisconnected = "calendar.disconnected",
        /// The app that asks for consents at a provider of calendars was entered or changed.
        CalendarAppChanged = "calendar_app.changed",
        /// The app that asks for consents at a provider of calendars was removed.
        CalendarAppRemoved = "calendar_app.removed",
        /// A session was ended before its time.
        SessionEnded = "session.ended",
        /// A member was invited, or invited again.
        MemberInvited = "member.invited",
        /// A member got another role.
        MemberRoleChanged = "member.role_changed",
        /// A member got another name, title or picture.
        MemberProfileChanged = "member.profile_changed",
        /// A member was removed.
        MemberRemoved = "member.removed",
        /// A member takes leads at other times, or was set away or active.
        AvailabilityChanged = "member.availability_changed",
        /// The open chats of a member who stays on the team were handed over.
        MemberHandedOver = "member.handed_over",
        /// An API key was created.
        KeyCreated = "api_key.created",
        /// An API key was revoked.
        KeyRevoked = "api_key.revoked",
        /// A site was added.
        SiteCreated = "site.created",
        /// A site was changed.
        SiteChanged = "site.changed",
        /// The look of a site was changed: its colours, texts or pictures.
        SiteLookChanged = "site.look_changed",
        /// A site got another identify secret.
        SiteSecretRotated = "site.secret_rotated",
        /// A site was removed.
        SiteRemoved = "site.removed",
        /// A routing rule was made.
        RuleCreated = "rule.created",
        /// A routing rule was changed.
        RuleChanged = "rule.changed",
        /// A routing rule was deleted.
        RuleDeleted = "rule.deleted",
        /// A workflow was made.
        WorkflowSaved = "workflow.saved",
        /// A workflow got another version.
        WorkflowChanged = "workflow.changed",
        /// A workflow got the text of an earlier version again.
        WorkflowRestored = "workflow.restored",
        /// A workflow was switched on or off.
        WorkflowStateChanged = "workflow.state_changed",
        /// A workflow was archived.
        WorkflowArchived = "workflow.archived",
        /// A workflow reacts before or after other ones than it did.
        WorkflowMoved = "workflow.moved",
        /// The run of a lead through a workflow was stopped.
        WorkflowRunStopped = "workflow_run.stopped",
        /// The mail of a workflow's step was sent to the member who edits it.
        WorkflowMailTested = "workflow.mail_tested",
        /// The cap and the quiet hours of all workflows were changed.
        WorkflowSettingsChanged = "workflow_settings.changed",
        /// A segment template was added.
        SegmentTemplateCreated = "segment_template.created",
        /// A segment template was changed.
        SegmentTemplateChanged = "segment_template.changed",
        /// A segment template was deleted.
        SegmentTemplateDeleted = "segment_template.deleted",
        /// A Knock Link was created.
        LinkCreated = "link.created",
        /// A Knock Link was changed.
        LinkChanged = "link.changed",
        /// A Knock Link was archived.
        LinkArchived = "link.archived",
        /// An archived Knock Link is in use again.
        LinkRestored = "link.restored",
        /// Addresses of a Knock Link were made, each for one contact.
        LinkAddressesMade = "link.addresses_made",
        /// A link got another rule.
        LinkRuleChanged = "link.rule_changed",
        /// A destination of events was added.
        DestinationCreated = "destination.created",
        /// A destination of events was changed.
        DestinationChanged = "destination.changed",
        /// A destination of events was deleted.
        DestinationDeleted = "destination.deleted",
        /// A test event was sent.
        DestinationTested = "destination.tested",
        /// Deliveries that had failed were sent again.
        DeliverySentAgain = "delivery.sent_again",
        /// The settings of the booking were changed.
        MeetingSettingsChanged = "meeting_settings.changed",
        /// Custom fields were defined or changed.
        CustomFieldsChanged = "custom_fields.changed",
        /// The name, the telephone number or the company of a contact was mended.
        ContactDetailsChanged = "contact.details_changed",
        /// Two contacts were merged.
        ContactsMerged = "contacts.merged",
        /// A merge of two contacts was undone.
        ContactMergeUndone = "contacts.merge_undone",
        /// Values of custom fields of a contact were set.
        ContactFieldsChanged = "contact.fields_changed",
        /// The provider of data about companies and persons was set up, or changed.
        EnrichmentChanged = "enrichment.changed",
        /// The provider of data about companies and persons was removed.
        EnrichmentRemoved = "enrichment.removed",
        /// A CRM was connected.
        CrmConnected = "crm.connected",
        /// A CRM was disconnected.
        CrmDisconnected = "crm.disconnected",
        /// The settings of CRM Sync were changed.
        CrmChanged = "crm.changed",
        /// The standard properties were created in a CRM, and mapped.
        CrmFieldsCreated = "crm.fields_created",
        /// All leads are written to a CRM again.
        CrmResyncStarted = "crm.resync_started",
        /// The settings of the AI agent were changed.
        AgentChanged = "agent.changed",
        /// A playbook of the AI agent was saved, or set back to the one that Knock comes with.
        PlaybookSaved = "playbook.saved",
        /// A question without an answer was taken off the list.
        QuestionSettled = "question.settled",
        /// A wording that leads used for a known question was dismissed.
        WordingDismissed = "wording.dismissed",
        /// The sentences by which the AI agent is tested, or their accepted results, were changed.
        TestSentencesSaved = "test_sentences.saved",
        /// A view of a table was saved.
        ViewSaved = "view.saved",
        /// A saved view was changed.
        ViewChanged = "view.changed",
        /// A saved view was deleted.
        ViewDeleted = "view.deleted",
        /// A saved reply was added.
        SavedReplyCreated = "saved_reply.created",
        /// A saved reply was changed.
        SavedReplyChanged = "saved_reply.changed",
        /// A saved reply was deleted.
        SavedReplyDeleted = "saved_reply.deleted",
        /// A tag was added to the list of the workspace.
        TagCreated = "tag.created",
        /// A tag got another name or colour.
        TagChanged = "tag.changed",
        /// A tag was deleted, and taken off all leads.
        TagDeleted = "tag.deleted",
        /// A question with its answer was added to what the AI agent knows.
        AnswerCreated = "answer.created",
        /// A question or its answer was changed.
        AnswerChanged = "answer.changed",
        /// A question with its answer was deleted.
        AnswerDeleted = "answer.deleted",
        /// A page, a sitemap or a file was added to what the AI agent knows.
        SourceCreated = "source.created",
        /// A source was asked to be read again.
        SourceReread = "source.reread",
        /// A source was deleted, with its passages.
        SourceDeleted = "source.deleted",
        /// A chat was assigned to a member, or handed back to the AI agent.
        ChatAssigned = "chat.assigned",
        /// The transcript of a conversation was saved as a file.
        TranscriptSaved = "transcript.saved",
        /// The transcript of a conversation was mailed to the lead or to a member.
        TranscriptMailed = "transcript.mailed",
        /// A meeting was moved, cancelled, given to somebody else, or marked as one that the lead did not come to.
        MeetingChanged = "meeting.changed",
        /// A meeting was entered by hand.
        MeetingAdded = "meeting.added",
        /// A lead got a tag.
        LeadTagged = "lead.tagged",
        /// A tag was taken off a lead.
        LeadUntagged = "lead.untagged",
        /// The intent type of a lead was set.
        LeadTypeSet = "lead.type_set",
        /// A lead was rejected.
        LeadRejected = "lead.rejected",
        /// The rejection of a lead was taken back.
        LeadRejectionReversed = "lead.rejection_reversed",
        /// A lead was marked as spam.
        LeadMarkedSpam = "lead.marked_spam",
        /// A lead was marked as no spam.
        LeadUnmarkedSpam = "lead.unmarked_spam",
        /// A deal with a lead was noted.
        LeadDealOpened = "lead.deal_opened",
        /// The way by which answers by mail reach the chat was set up or changed.
        InboundMailChanged = "inbound_mail.changed",
        /// Answers by mail reach the chat no longer.
        InboundMailRemoved = "inbound_mail.removed",
        /// The mail server was set up or changed in the dashboard.
        MailServerChanged = "mail_server.changed",
        /// The mail server of the dashboard was removed.
        MailServerRemoved = "mail_server.removed",
        /// An address from which mail was returned is mailed again.
        MailBounceForgotten = "mail_bounce.forgotten",
        /// The privacy settings of the workspace were changed.
        PrivacyChanged = "privacy.changed",
        /// The list of contacts was downloaded as a file.
        ContactsExported = "contacts.exported",
        /// The list of accounts was downloaded as a file.
        AccountsExported = "accounts.exported",
        /// The audit log was downloaded as a file.
        AuditExported = "audit.exported",
        /// Rows of a table were read by a warehouse, or written as files for one.
        WarehouseExported = "warehouse.exported",
        /// All that is stored of a person was exported.
        PersonExported = "person.exported",
        /// All that was stored of a person was erased.
        PersonErased = "person.erased",
    }
}
spelled!(AuditAction);

vocabulary! {
    /// The kind of the actor.
    ActorKind {
        /// A signed-in member.
        Member = "member",
        /// A program with an API key.
        Key = "api_key",
        /// A command on the machine of the server.
        CommandLine = "command_line",
        /// The server itself.
        Server = "server",
        /// A step of a workflow.
        Workflow = "workflow",
    }
}
spelled!(ActorKind);

//! The mail with the figures of a week: a row for each member who has ever wanted it.

use super::{Connection, Db, Row, params};
use knock_model::RepId;
use knock_ports::{ReportMailLedger, ReportMailRow, ReportMailView, StoreError};

const REPORT_MAIL: &str = "SELECT member, is_on, sent_for FROM report_mails";

impl<C: Connection> ReportMailLedger for Db<C> {
    fn save_report_mail(&mut self, row: &ReportMailRow) -> Result<(), StoreError> {
        let sql = "INSERT INTO report_mails (member, is_on, sent_for) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (member) DO UPDATE SET is_on = excluded.is_on, sent_for = excluded.sent_for";
        self.done(sql, params![row.member.as_bytes(), i64::from(row.is_on), &row.sent_for])
    }

    fn forget_report_mail(&mut self, member: RepId) -> Result<(), StoreError> {
        self.done("DELETE FROM report_mails WHERE member = ?1", params![member.as_bytes()])
    }
}

impl<C: Connection> ReportMailView for Db<C> {
    fn report_mail(&self, member: RepId) -> Result<Option<ReportMailRow>, StoreError> {
        self.one(&format!("{REPORT_MAIL} WHERE member = ?1"), params![member.as_bytes()], report_mail)
    }

    fn report_mails(&self) -> Result<Vec<ReportMailRow>, StoreError> {
        self.rows(&format!("{REPORT_MAIL} WHERE is_on = 1 ORDER BY member"), &[], report_mail)
    }
}

fn report_mail(row: &Row<'_>) -> Result<ReportMailRow, StoreError> {
    Ok(ReportMailRow { member: RepId::from_bytes(row.get(0)?), is_on: row.get::<i64>(1)? != 0, sent_for: row.get(2)? })
}

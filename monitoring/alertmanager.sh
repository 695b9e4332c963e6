#!/bin/sh
# Writes Alertmanager's configuration from alertmanager.yml and the environment, and becomes Alertmanager:
#   ALERT_MAIL_TO=me@example.org ALERT_SMTP=smtp.example.org:587 alertmanager.sh FOLDER PROGRAM [OPTION...]
#
#   ALERT_MAIL_TO            who is woken; several with commas between
#   ALERT_SMTP               the mail server, host:port
#   ALERT_MAIL_FROM          landfall@localhost, if not given
#   ALERT_SMTP_TLS           true (STARTTLS), if not given; false for a server on this machine
#   ALERT_SMTP_USER, ALERT_SMTP_PASSWORD_FILE   where the server asks for them
# FOLDER gets the file that is made.
set -eu

: "${ALERT_MAIL_TO:?says who gets mail, and is not set}"
: "${ALERT_SMTP:?says which mail server, host:port, and is not set}"
ALERT_MAIL_FROM=${ALERT_MAIL_FROM:-landfall@localhost}
ALERT_SMTP_TLS=${ALERT_SMTP_TLS:-true}
ALERT_SMTP_USER=${ALERT_SMTP_USER:-}
ALERT_SMTP_PASSWORD_FILE=${ALERT_SMTP_PASSWORD_FILE:-}
export ALERT_MAIL_FROM ALERT_SMTP_TLS ALERT_SMTP_USER ALERT_SMTP_PASSWORD_FILE

folder=${1:?FOLDER says where the file that is made goes, and is missing} program=${2:?PROGRAM says what reads it, and is missing}
shift 2
awk '{
  line = ""
  while (match($0, /\$\{ALERT_[A-Z_]+\}/)) {
    line = line substr($0, 1, RSTART - 1) ENVIRON[substr($0, RSTART + 2, RLENGTH - 3)]
    $0 = substr($0, RSTART + RLENGTH)
  }
  print line $0
}' "$(dirname "$0")/alertmanager.yml" >"$folder/alertmanager.yml"
exec "$program" --config.file="$folder/alertmanager.yml" "$@"

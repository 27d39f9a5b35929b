@echo off
rem Opret opgaven en gang for alle:
rem schtasks /Create /TN kommunecheck /SC WEEKLY /D MON,TUE,WED,THU,FRI /ST 05:30 /TR C:\kommunecheck\natlig-koersel.cmd
cd /d C:\kommunecheck
.venv\Scripts\kommunecheck check udtraek -o rapport.html -o rapport.json --format subject
exit /b %ERRORLEVEL%

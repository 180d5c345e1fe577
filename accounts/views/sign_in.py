"""Signing in and out, one's password and language (C18)."""

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.validators import MaxLengthValidator
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.views.team import safe_next
from agency.common.forms import StyledForm, dress
from agency.common.views import FormPage

CODES = {"zh": "zh-hans", "en": "en"}


class SignInForm(AuthenticationForm):
    """Django's own questions. A name longer than any of ours ends here, not in a table's column."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.validators = [*username.validators, MaxLengthValidator(username.max_length)]
        for field in self.fields.values():
            dress(field)


class SignIn(auth.LoginView):
    """The same words whatever was wrong, so that nobody learns which names exist."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        extra = {"page_title": _("Sign in"), "next": self.get_redirect_url()}
        return super().get_context_data(**{**kwargs, **extra})


class OwnPasswordForm(StyledForm, PasswordChangeForm):
    """Django's own questions in our look."""


class PasswordChange(FormPage):
    form_class = OwnPasswordForm
    page_title = _("Change password")
    page_lead = _("Every other device you are signed in on is signed out.")
    button = _("Change password")
    done = _("The password is changed.")
    success_url = "/"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def act(self, form):
        user = self.request.user
        row = services.set_password(
            user=user, password=form.cleaned_data["new_password1"], by=user, at=self.now
        )
        update_session_auth_hash(self.request, row)


@require_POST
def switch_language(request):
    """Remember the language: for a signed-in person in the row, always in a cookie."""
    language = {"zh-hans": "zh"}.get(asked := request.POST.get("language", ""), asked)
    response = HttpResponseRedirect(safe_next(request, "/"))
    if language not in CODES:
        return response
    if request.user.is_authenticated:
        services.set_own_language(user=request.user, language=language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        CODES[language],
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
